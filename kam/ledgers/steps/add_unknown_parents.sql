insert into temp.problems
select place, 710, $column, parent_id, 'unknown_parent'
from temp.family
where parent_id is not null
    and parent_id not in (select id from temp.family)
    and parent_id not in (select id from temp.held_family)
returning place;
