-- An action may serve an initiative that is valued in profit (value.initiatives): what the effect rests on is then done by somebody.
alter table plans.actions add column initiative_id bigint;
