-- The login roles of one Artel database, and what each of them may touch before any table exists.
--
-- Run by psql as a superuser, connected to Artel's database, before `artel migrate`. Running it
-- again is safe: it sets everything to what is written here, passwords included.
--
-- Six passwords are needed: owner_password, app_password, directory_password,
-- dispatcher_password, sealer_password, backup_password. Each is a psql variable, or else the
-- environment variable ARTEL_OWNER_PASSWORD and so on. `psql -v` shows a password to everyone who
-- lists processes: prefer the environment, or `\set` lines on standard input before this file.

\set ON_ERROR_STOP on
\set QUIET on

\if :{?owner_password} \else \getenv owner_password ARTEL_OWNER_PASSWORD
\endif
\if :{?app_password} \else \getenv app_password ARTEL_APP_PASSWORD
\endif
\if :{?directory_password} \else \getenv directory_password ARTEL_DIRECTORY_PASSWORD
\endif
\if :{?dispatcher_password} \else \getenv dispatcher_password ARTEL_DISPATCHER_PASSWORD
\endif
\if :{?sealer_password} \else \getenv sealer_password ARTEL_SEALER_PASSWORD
\endif
\if :{?backup_password} \else \getenv backup_password ARTEL_BACKUP_PASSWORD
\endif

-- Passwords are stored as SCRAM verifiers, and this session's statements stay out of the log.
SET password_encryption = 'scram-sha-256';
SET log_statement = 'none';
SET log_min_duration_statement = -1;
SET log_min_error_statement = 'panic';
SET client_min_messages = 'warning';

BEGIN;

SELECT format('CREATE ROLE %I', name)
FROM unnest(ARRAY['artel_owner', 'artel_app', 'artel_directory', 'artel_dispatcher',
                  'artel_sealer', 'artel_backup']) AS name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name)
\gexec

-- Nobody inherits, nobody makes roles or databases, and only a backup sees past row-level security.
ALTER ROLE artel_owner WITH LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOREPLICATION
  NOBYPASSRLS PASSWORD :'owner_password';
ALTER ROLE artel_app WITH LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOREPLICATION
  NOBYPASSRLS PASSWORD :'app_password';
ALTER ROLE artel_directory WITH LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOREPLICATION
  NOBYPASSRLS PASSWORD :'directory_password';
ALTER ROLE artel_dispatcher WITH LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOREPLICATION
  NOBYPASSRLS PASSWORD :'dispatcher_password';
ALTER ROLE artel_sealer WITH LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOREPLICATION
  NOBYPASSRLS PASSWORD :'sealer_password';
ALTER ROLE artel_backup WITH LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOREPLICATION
  BYPASSRLS PASSWORD :'backup_password';

-- A membership that somebody granted by hand would be a way around all of this.
SELECT format('REVOKE %I FROM %I', granted.rolname, member.rolname)
FROM pg_auth_members AS membership
JOIN pg_roles AS granted ON granted.oid = membership.roleid
JOIN pg_roles AS member ON member.oid = membership.member
WHERE member.rolname IN ('artel_owner', 'artel_app', 'artel_directory', 'artel_dispatcher',
                         'artel_sealer', 'artel_backup')
\gexec

-- The database and its public schema are nobody's by default: no temporary tables either.
REVOKE ALL ON DATABASE :"DBNAME" FROM PUBLIC;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT CONNECT ON DATABASE :"DBNAME" TO
  artel_owner, artel_app, artel_directory, artel_dispatcher, artel_sealer, artel_backup;

CREATE SCHEMA IF NOT EXISTS artel AUTHORIZATION artel_owner;
ALTER SCHEMA artel OWNER TO artel_owner;
REVOKE ALL ON SCHEMA artel FROM PUBLIC;
GRANT USAGE ON SCHEMA artel TO
  artel_app, artel_directory, artel_dispatcher, artel_sealer, artel_backup;

-- What the owner makes later is closed to everybody, except that a backup reads all of it.
ALTER DEFAULT PRIVILEGES FOR ROLE artel_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE artel_owner IN SCHEMA artel
  GRANT SELECT ON TABLES TO artel_backup;
ALTER DEFAULT PRIVILEGES FOR ROLE artel_owner IN SCHEMA artel
  GRANT SELECT ON SEQUENCES TO artel_backup;

-- Names mean the objects of schema artel, in every session.
ALTER ROLE artel_owner SET search_path = artel;
ALTER ROLE artel_app SET search_path = artel;
ALTER ROLE artel_directory SET search_path = artel;
ALTER ROLE artel_dispatcher SET search_path = artel;
ALTER ROLE artel_sealer SET search_path = artel;
ALTER ROLE artel_backup SET search_path = artel;

-- A migration gives up soon rather than queue behind a reader with everybody queueing behind it.
ALTER ROLE artel_owner SET lock_timeout = '5s';
ALTER ROLE artel_owner SET idle_in_transaction_session_timeout = '60s';

-- An open transaction holds back vacuum and the order of events: it may not idle.
ALTER ROLE artel_app SET lock_timeout = '5s';
ALTER ROLE artel_app SET statement_timeout = '30s';
ALTER ROLE artel_app SET idle_in_transaction_session_timeout = '15s';

ALTER ROLE artel_directory SET default_transaction_read_only = on;
ALTER ROLE artel_directory SET statement_timeout = '5s';
ALTER ROLE artel_directory SET idle_in_transaction_session_timeout = '15s';

ALTER ROLE artel_dispatcher SET lock_timeout = '5s';
ALTER ROLE artel_dispatcher SET statement_timeout = '15s';
ALTER ROLE artel_dispatcher SET idle_in_transaction_session_timeout = '15s';

ALTER ROLE artel_sealer SET lock_timeout = '5s';
ALTER ROLE artel_sealer SET statement_timeout = '30s';
ALTER ROLE artel_sealer SET idle_in_transaction_session_timeout = '15s';

ALTER ROLE artel_backup SET default_transaction_read_only = on;
ALTER ROLE artel_backup SET statement_timeout = 0;

COMMIT;
