-- One entry after the other, each with the hash of the one before. Entries are never changed or removed.
create table audit_entry (
    sequence bigint primary key,
    at timestamp(6) with time zone not null,
    event varchar(20) not null,
    -- The entry of the beginning of the same request.
    begun bigint,
    owner varchar(128),
    credential varchar(128),
    method varchar(20),
    route varchar(200),
    path varchar(500),
    remote_address varchar(100),
    status integer,
    resource varchar(200),
    requests integer not null,
    previous_hash varchar(64) not null,
    hash varchar(64) not null
);

create index audit_entry_owner on audit_entry (owner, sequence);

-- One row: whoever adds an entry holds it, so that entries come one after another. It tells how many there are, so
-- that a missing end is noticed.
create table audit_head (
    id integer primary key,
    entries bigint not null,
    hash varchar(64) not null
);

insert into audit_head (id, entries, hash)
values (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

${only_postgresql}create function audit_entry_is_kept() returns trigger language plpgsql as 'begin raise exception ''entries of the audit log are never changed or removed''; end';
${only_postgresql}create trigger audit_entry_kept before update or delete or truncate on audit_entry for each statement execute function audit_entry_is_kept();
