-- What was measured in an epoch, as a JSON object from names to numbers: a new metric needs no new column. What does not exist is left out.
alter table epoch add column metrics varchar(4000);

update epoch set metrics = '{"train_loss":' || train_loss
    || coalesce(',"validation_loss":' || validation_loss, '')
    || coalesce(',"train_accuracy":' || train_accuracy, '')
    || coalesce(',"validation_accuracy":' || validation_accuracy, '')
    || coalesce(',"train_rmse":' || train_rmse, '')
    || coalesce(',"validation_rmse":' || validation_rmse, '')
    || coalesce(',"train_r2":' || train_r2, '')
    || coalesce(',"validation_r2":' || validation_r2, '')
    || ',"learning_rate":' || learning_rate
    -- JSON has no word for what is not finite.
    || case when abs(gradient_norm) <= 1.7976931348623157e308 then ',"gradient_norm":' || gradient_norm else '' end
    || case when abs(samples_per_second) <= 1.7976931348623157e308
         then ',"samples_per_second":' || samples_per_second else '' end
    || '}';

alter table epoch alter column metrics set not null;
alter table epoch drop column train_loss;
alter table epoch drop column validation_loss;
alter table epoch drop column train_accuracy;
alter table epoch drop column validation_accuracy;
alter table epoch drop column train_rmse;
alter table epoch drop column validation_rmse;
alter table epoch drop column train_r2;
alter table epoch drop column validation_r2;
alter table epoch drop column learning_rate;
alter table epoch drop column gradient_norm;
alter table epoch drop column samples_per_second;
