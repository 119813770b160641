-- What the partner knows, so that it can be killed at any moment and go on.

create table if not exists command (
  partner text not null,
  key text not null,              -- the platform's idempotency key
  id text not null,               -- the partner's own identifier
  device text not null,
  command text not null,          -- the platform's identifier
  fingerprint blob not null,      -- of the device and the body
  state text not null,            -- ACKNOWLEDGED, EXECUTED, FAILED
  acknowledge_time real not null,
  due_time real not null,         -- when the device is to open
  occur_time real,                -- when it opened or failed
  failure_code text,
  report_state text not null,     -- PENDING, DONE, GAVE_UP, OFF
  report_attempts integer not null default 0,
  report_time real not null,      -- the next attempt
  report_result text not null default '',
  primary key (partner, key)
) without rowid;

create index if not exists command_due on command (due_time) where state = 'ACKNOWLEDGED';
create index if not exists command_report on command (partner, report_time)
  where report_state = 'PENDING' and state <> 'ACKNOWLEDGED';

-- Each time that a device moved. Nothing here is unique: a second opening would show.
create table if not exists opening (
  number integer primary key,
  partner text not null,
  device text not null,
  key text not null,
  time real not null
);

create index if not exists opening_key on opening (partner, key);

-- How often each device moved, kept beside the openings so that it is read at once.
create table if not exists device (
  partner text not null,
  device text not null,
  openings integer not null,
  primary key (partner, device)
) without rowid;

create table if not exists token (
  hash blob primary key,
  partner text not null,
  scopes text not null,
  expire_time real not null
) without rowid;

create table if not exists request (
  number integer primary key,
  time real not null,
  method text not null,
  path text not null,
  partner text,
  key text,
  status integer
);

create table if not exists setting (
  name text primary key,
  value text not null
) without rowid;
