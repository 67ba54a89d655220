-- managers.manager_changes
-- One row: a change of an account's owner that came by an import of the account master.
-- Columns:
--   source      import:<import>:<account>, names the change
--   account_id  the account
--   changed_on  day of the import
--   changed_at  when the import was finished, UTC
--   from_name   the owner before: the manager's name where that is somebody on record, else as written
--   to_name     the owner after, likewise; null where the master names nobody any more
-- Left out: a first owner (nobody hands over), the same person written in another way, imports that were taken back,
-- and changes that an appointment had decided before: the master then only catches up.
create or replace view managers.manager_changes as
with images as (
    select
        import_id,
        json_extract_string(row_image, '$.account_id') as account_id,
        json_extract_string(row_image, '$.owner') as owner
    from ledgers.before_images
    where table_name = 'accounts'
),
chained as (
    select
        import_id,
        account_id,
        owner as from_owner,
        lead(import_id) over of_the_account is not null as has_next,
        lead(owner) over of_the_account as next_owner
    from images
    window of_the_account as (partition by account_id order by import_id)
),
changes as (
    select
        chained.import_id,
        chained.account_id,
        imports.finished_at,
        chained.from_owner,
        case when chained.has_next then chained.next_owner else accounts.owner end as to_owner
    from chained
    join ledgers.imports on imports.import_id = chained.import_id and imports.undone_at is null
    left join ledgers.accounts on accounts.account_id = chained.account_id
),
resolved as (
    select
        changes.*,
        before.manager_id as from_manager_id,
        after.manager_id as to_manager_id,
        coalesce(before_people.name, changes.from_owner) as from_name,
        coalesce(after_people.name, changes.to_owner) as to_name
    from changes
    left join managers.named as before on before.called = lower(trim(changes.from_owner))
    left join managers.named as after on after.called = lower(trim(changes.to_owner))
    left join ledgers.account_managers as before_people on before_people.manager_id = before.manager_id
    left join ledgers.account_managers as after_people on after_people.manager_id = after.manager_id
)
select
    'import:' || import_id || ':' || account_id as source,
    account_id,
    finished_at::date as changed_on,
    finished_at as changed_at,
    from_name,
    to_name
from resolved
where from_owner is not null
    and coalesce(from_manager_id, lower(trim(from_owner))) is distinct from coalesce(to_manager_id, lower(trim(to_owner)))
    and not exists (
        select 1
        from managers.appointments
        where appointments.account_id = resolved.account_id
            and appointments.manager_id = resolved.to_manager_id
            and appointments.decided_at <= resolved.finished_at
            and appointments.master_owner is not distinct from resolved.from_owner
    );
