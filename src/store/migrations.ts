/**
 * Each entry brings the database one version further; `user_version` counts the entries that ran. Entries are never
 * changed once released: add a new one.
 */
export const migrations: readonly string[] = [`
  create table world (
    id integer primary key check (id = 1),
    client_id text not null, client_secret text not null,
    seed integer not null, draws integer not null default 0, serials integer not null default 0,
    started_at integer not null, now integer not null,
    fixture text not null, content text not null, timing text not null, connection_limit integer
  ) strict;

  create table tokens (hash text primary key, expires_at integer not null) strict, without rowid;

  create index tokens_by_end on tokens (expires_at);

  create table users (
    seq integer primary key autoincrement, id text not null unique, created_at integer not null
  ) strict;
  create index users_by_age on users (created_at, seq);

  create table accounts (
    seq integer primary key autoincrement, id text not null unique, vendor text not null,
    username text not null unique, password text not null, is_valid integer not null default 1, created_at integer not null
  ) strict;

  create table connections (
    account_id text not null, user_id text not null, scopes text not null, created_at integer not null,
    primary key (account_id, user_id)
  ) strict, without rowid;
  create index connections_by_user on connections (user_id);

  create table devices (
    seq integer primary key autoincrement, id text not null unique, account_id text not null, kind text not null,
    vendor text not null, state text not null, overrides text not null default '{}', is_reachable integer not null default 1
  ) strict;
  create index devices_by_account on devices (account_id, kind);

  create table assets (
    seq integer primary key autoincrement, id text not null unique, device_id text not null, user_id text not null,
    kind text not null, vendor text not null, scopes text not null, is_linked integer not null,
    created_at integer not null, location_id text, view text not null,
    unique (device_id, user_id)
  ) strict;
  create index assets_by_kind on assets (kind, is_linked, created_at, seq);
  create index assets_by_user on assets (user_id, kind, is_linked, created_at, seq);

  create table link_sessions (
    id text primary key, secret text not null, user_id text not null, vendor text, vendor_type text,
    scopes text not null, language text not null, redirect_uri text not null, color_scheme text not null,
    account_id text, created_at integer not null, expires_at integer not null, used_at integer, progress text not null default '{}'
  ) strict, without rowid;
  create index link_sessions_by_user on link_sessions (user_id);
  create index link_sessions_by_age on link_sessions (expires_at);

  create table actions (
    seq integer primary key autoincrement, id text not null unique, asset_id text not null, user_id text not null,
    kind text not null, command text not null, state text not null, failure text,
    created_at integer not null, updated_at integer not null, completed_at integer, was_sent integer not null
  ) strict;
  create index actions_pending on actions (asset_id) where state = 'PENDING';
  create index actions_by_user on actions (user_id);

  create table webhooks (
    seq integer primary key autoincrement, id text not null unique, url text not null, secret text not null,
    events text not null, api_version text, header_name text, header_value text,
    is_active integer not null, last_success integer not null, created_at integer not null, failing_since integer
  ) strict;
  create unique index webhooks_by_address on webhooks (url, coalesce(api_version, ''));
  create index webhooks_by_age on webhooks (created_at, seq);

  create table deliveries (
    seq integer primary key autoincrement, id text not null unique, webhook_id text not null, url text not null,
    state text not null, created_at integer not null, updated_at integer not null, next_attempt_at integer
  ) strict;
  create index deliveries_open on deliveries (webhook_id, seq) where state = 'PENDING';
  create index deliveries_ended on deliveries (updated_at, seq) where state <> 'PENDING';

  create table outbox (
    seq integer primary key autoincrement, delivery_id text not null, event text not null, body text not null
  ) strict;
  create index outbox_by_delivery on outbox (delivery_id, seq);

  create table attempts (
    seq integer primary key autoincrement, delivery_id text not null, at integer not null, url text not null, request_headers text not null,
    status integer, error text, response_headers text, response_body text
  ) strict;
  create index attempts_by_delivery on attempts (delivery_id, seq);

  create table timers (
    seq integer primary key, due integer not null, kind text not null, subject text not null,
    unique (kind, subject)
  ) strict;
  create index timers_by_due on timers (due, seq);
`, `
  -- A car's position became a place like that of every device, and its cable got another end.
  update devices set state = json_remove(json_set(state,
    '$.place', json_object('latitude', json_extract(state, '$.latitude'), 'longitude', json_extract(state, '$.longitude'),
      'timezone', 'UTC', 'seed', (select seed from world)),
    '$.charger', null), '$.latitude', '$.longitude');
`, `
  -- What controls an asset besides its client, and who asked for an action.
  alter table assets add column controlled_by text;
  alter table actions add column asked_by text not null default 'client';

  create table smart_overrides (
    seq integer primary key autoincrement, asset_id text not null, created_at integer not null, ended_at integer, action_id text
  ) strict;
  create index smart_overrides_by_asset on smart_overrides (asset_id, seq);

  create table locations (
    seq integer primary key autoincrement, id text not null unique, user_id text not null, name text not null,
    latitude real not null, longitude real not null, timezone text not null, created_at integer not null,
    tariff_id text, tariff_intervals text
  ) strict;
  create index locations_by_age on locations (created_at, seq);
  create index locations_by_user on locations (user_id, created_at, seq);

  create table tariffs (id text primary key, rates text not null) strict, without rowid;

  create table faults (seq integer primary key autoincrement, id text not null unique, matches text not null, effect text not null) strict;

  create table schedules (
    seq integer primary key autoincrement, id text not null unique, user_id text not null, asset_id text not null, kind text not null,
    location_id text, is_enabled integer not null, default_should_charge integer not null, rules text not null, created_at integer not null,
    action_id text, status text not null
  ) strict;
  create index schedules_by_user on schedules (user_id, created_at, seq);
  create index schedules_by_asset on schedules (asset_id, seq);

  create table smart_charging (
    asset_id text primary key, is_enabled integer not null, deadline text, minimum_charge_limit real not null, plan_id text, status text not null
  ) strict, without rowid;

  create table smart_plans (
    seq integer primary key autoincrement, id text not null unique, asset_id text not null, location_id text not null, created_at integer not null,
    currency text not null, deadline_at integer not null, deadline text not null, basis text not null, publication_at integer,
    non_smart_cost real not null, smart_cost real, stop_at integer not null, start_at integer, finish_at integer not null,
    stop_confirmed_at integer, start_confirmed_at integer, ended_at integer, final_state text, failure text,
    tries integer not null, retry_at integer
  ) strict;
  create index smart_plans_by_asset on smart_plans (asset_id, seq);
  create index smart_plans_executing on smart_plans (asset_id) where ended_at is null;
`, `
  alter table devices add column recorded_from integer not null default 0;
  update devices set recorded_from = (select now from world);
  insert into timers (due, kind, subject) select (world.now / 86400000 + 1) * 86400000, 'device.keep', devices.id from devices, world;

  create table energy (
    device integer not null, series integer not null, day integer not null, kwh blob not null,
    primary key (device, series, day)
  ) strict;

  alter table assets add column hem_system_id text;

  create table hem_systems (
    seq integer primary key autoincrement, id text not null unique, user_id text not null, vendor text not null, device_ids text not null,
    is_linked integer not null, created_at integer not null, location_id text, view text not null
  ) strict;
  create index hem_systems_by_age on hem_systems (is_linked, created_at, seq);
  create index hem_systems_by_user on hem_systems (user_id, is_linked, created_at, seq);
`, `
  -- Where each asset was when, and what energy cost there: in the past of this database, unknown.
  create table price_terms (seq integer primary key, text text not null unique) strict;

  create table stays (
    asset_id text not null, since integer not null, is_linked integer not null, location_id text, terms integer, drawn_before real not null,
    primary key (asset_id, since)
  ) strict, without rowid;
  create index stays_by_terms on stays (terms);
  insert into stays select assets.id, world.now, 1, location_id, null, 0 from assets, world where is_linked = 1;

  -- What a charge takes that a plan is made for.
  alter table smart_plans add column kwh real not null default 0;
  alter table smart_plans add column is_prompt integer not null default 0;
`, `
  -- What happened and why, and what faults make of actions and deliveries.
  create table timeline (
    seq integer primary key, at integer not null, kind text not null, says text not null,
    user_id text, asset_id text, action_id text, webhook_id text, delivery_id text, cause integer, origin text
  ) strict;

  alter table timers add column cause integer;
  alter table faults add column times integer;
  alter table faults add column after integer not null default 0;
  alter table actions add column fate text;
  alter table deliveries add column cause integer;
  alter table deliveries add column held_until integer;
  alter table deliveries add column lets_pass integer not null default 0;
  alter table deliveries add column copies integer not null default 0;

  -- Where the owner of a webhook reaches this server; null where nobody said.
  alter table webhooks add column base_url text;
`, `
  -- Whose time ends a token.
  alter table world add column tokens text not null default 'real';

  -- How long a webhook may fail.
  alter table world add column webhook_patience text not null default 'PT24H';

  -- What stood in the URL of a webhook, as user:password.
  alter table webhooks add column credentials text;

  -- What receivers were last told, and since when; a system is looked at as a whole.
  alter table assets add column told_at integer not null default 0;
  alter table hem_systems add column told_at integer not null default 0;
  alter table smart_charging add column told_at integer not null default 0;
  alter table webhooks add column hears_since integer not null default 0;
  update webhooks set hears_since = created_at;
  create index assets_by_system on assets (hem_system_id, seq) where hem_system_id is not null;
  insert into timers (due, kind, subject) select min(due), 'asset.poll', hem_system_id from timers join assets on assets.id = subject
    where timers.kind = 'asset.poll' and hem_system_id is not null group by hem_system_id;
  delete from timers where kind = 'asset.poll' and subject in (select id from assets where hem_system_id is not null);
`, `
  -- Trips of cars that drive, which none did before.
  create table trips (device integer not null, arrived_at integer not null, trip text not null, primary key (device, arrived_at)) strict, without rowid;
  update devices set state = json_set(state, '$.chargeEfficiency', 0.9, '$.dcKw', 2 * json_extract(state, '$.batteryCapacityKwh'), '$.driver', null) where kind = 'vehicle';
  update devices set state = json_set(state, '$.regular', null) where kind = 'charger';
`, `
  -- Those that let one pass are hardly ever any, and asked for with each delivery.
  create index deliveries_passing on deliveries (webhook_id) where lets_pass = 1;

  -- Of overrides only the last is ever asked for.
  delete from smart_overrides where ended_at is not null and exists (select 1 from smart_overrides as other where other.asset_id = smart_overrides.asset_id and other.seq > smart_overrides.seq);
`]
