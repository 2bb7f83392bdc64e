-- The models of folds, until they become members of an ensemble with the end of their job.
create table fold_model (
    job_id varchar(40) not null,
    fit integer not null,
    description ${text} not null,
    description_format integer not null,
    parameter_count bigint not null,
    weights ${binary} not null,
    weights_bytes bigint not null,
    primary key (job_id, fit),
    foreign key (job_id, fit) references fold (job_id, fit) on delete cascade
);

-- Weights are as good as random: trying to compress them takes most of the time that it takes to store them.
${only_postgresql}alter table fold_model alter column weights set storage external;
