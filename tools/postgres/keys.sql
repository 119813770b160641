-- The roles of Artel's key store, and what they may touch before any table exists. It is a database in
-- a cluster of its own: what is backed up of a cluster as files, or by its write-ahead log, is backed
-- up of all its databases, and the keys must not lie beside what they seal.
--
-- Run by psql as a superuser, connected to the key store's database, before `artel migrate`. Running
-- it again is safe. Its backups are kept apart from those of the rows, and only the newest one is kept:
-- an older one would bring destroyed keys back.
--
-- Two passwords are needed: owner_password, the same as for roles.sql, and keys_password: each is a
-- psql variable, or else in ARTEL_OWNER_PASSWORD and ARTEL_KEYS_PASSWORD.

\set ON_ERROR_STOP on
\set QUIET on

\if :{?owner_password} \else \getenv owner_password ARTEL_OWNER_PASSWORD
\endif
\if :{?keys_password} \else \getenv keys_password ARTEL_KEYS_PASSWORD
\endif

SET password_encryption = 'scram-sha-256';
SET log_statement = 'none';
SET log_min_duration_statement = -1;
SET log_min_error_statement = 'panic';
SET client_min_messages = 'warning';

BEGIN;

SELECT format('CREATE ROLE %I', name) FROM unnest(ARRAY['artel_owner', 'artel_keys']) AS name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name)
\gexec
ALTER ROLE artel_owner WITH LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOREPLICATION
  NOBYPASSRLS PASSWORD :'owner_password';
ALTER ROLE artel_keys WITH LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOREPLICATION
  NOBYPASSRLS PASSWORD :'keys_password';

REVOKE ALL ON DATABASE :"DBNAME" FROM PUBLIC;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT CONNECT ON DATABASE :"DBNAME" TO artel_owner, artel_keys;

CREATE SCHEMA IF NOT EXISTS artel_keys AUTHORIZATION artel_owner;
ALTER SCHEMA artel_keys OWNER TO artel_owner;
REVOKE ALL ON SCHEMA artel_keys FROM PUBLIC;
GRANT USAGE ON SCHEMA artel_keys TO artel_keys;
ALTER DEFAULT PRIVILEGES FOR ROLE artel_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

-- Names mean the objects of the key store, in every session.
ALTER ROLE artel_keys SET search_path = artel_keys;
ALTER ROLE artel_keys SET lock_timeout = '5s';
ALTER ROLE artel_keys SET statement_timeout = '10s';
ALTER ROLE artel_keys SET idle_in_transaction_session_timeout = '15s';

COMMIT;

-- Where the key store has a database of its own, the owner's history of migrations is in its schema.
SELECT format('ALTER ROLE artel_owner IN DATABASE %I SET search_path = artel_keys', :'DBNAME')
WHERE NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = 'artel')
\gexec
