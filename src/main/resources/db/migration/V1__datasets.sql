-- H2 counts a character outside the basic plane as two, so texts from clients get twice the room that they may take.
create table dataset (
    id varchar(40) primary key,
    name varchar(400) not null,
    description varchar(4000),
    created_at timestamp(6) with time zone not null,
    delimiter varchar(1) not null,
    header boolean not null,
    missing_values ${text} not null,
    bytes bigint not null,
    sha256 varchar(64) not null,
    row_count bigint not null,
    profile ${text} not null
);

create index dataset_name on dataset (name, id);
