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
    seq integer primary key autoincrement, due integer not null, kind text not null, subject text not null,
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

  alter table webhooks add column base_url text not null default 'http://localhost:3663';
`]
