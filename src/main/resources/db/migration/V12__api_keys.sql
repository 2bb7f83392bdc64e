-- Keys of clients, and sessions of browsers, which are short-lived keys made from another credential.
create table api_key (
    id varchar(40) primary key,
    kind varchar(20) not null,
    name varchar(200) not null,
    owner varchar(128) not null,
    scopes varchar(100) not null,
    secret_hash varchar(64) not null,
    made_from varchar(40),
    created_at timestamp(6) with time zone not null,
    expires_at timestamp(6) with time zone,
    last_used_at timestamp(6) with time zone
);

create index api_key_made_from on api_key (made_from);
