import { statement, type Db } from './database.ts'
import { pager } from './pages.ts'

export interface UserRow { seq: number, id: string, created_at: number }

export function usersTable (db: Db) {
  const get = statement(db, 'select * from users where id = ?')
  const insert = statement(db, 'insert into users (id, created_at) values (?, ?)')
  const remove = statement(db, 'delete from users where id = ?')
  return {
    get: (id: string): UserRow | undefined => get.get(id) as UserRow | undefined,
    page: pager<UserRow>(db, '*', 'users where true'),
    insert: (id: string, createdAt: number): void => { insert.run(id, createdAt) },
    delete: (id: string): void => { remove.run(id) }
  }
}
