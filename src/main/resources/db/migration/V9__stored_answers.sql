-- What a request with a key was answered with, to answer the same again. Unknown for keys of before, and for long answers.
alter table idempotency_key add column status integer;
alter table idempotency_key add column location varchar(200);
alter table idempotency_key add column body ${binary};
