-- A row of the file that is its own ancestor once the file is in.
insert into temp.problems
with recursive parents as (
    select id, parent_id from temp.family where parent_id is not null
    union all
    select id, parent_id from temp.held_family where parent_id is not null
),
ancestors as (
    select id, parent_id as ancestor_id from temp.family where parent_id is not null
    union
    select ancestors.id, parents.parent_id
    from ancestors
    join parents on parents.id = ancestors.ancestor_id
)
select family.place, 700, $column, family.parent_id, 'cycle'
from temp.family as family
join ancestors on ancestors.id = family.id and ancestors.ancestor_id = family.id;
