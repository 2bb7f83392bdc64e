-- What each of the processes that train has for one job. Of one of an older version, nothing more than its memory is known.
alter table worker add column heap_bytes bigint default 9223372036854775807 not null;
alter table worker add column threads integer default 1 not null;

-- The part of a job's memory that lies on the heap. Of jobs queued before, it is not known.
alter table training_job add column heap_bytes bigint default 0 not null;

-- Weights are as good as random: trying to compress them takes most of the time that it takes to store them.
${only_postgresql}alter table checkpoint alter column state set storage external;
${only_postgresql}alter table model_version alter column weights set storage external;
