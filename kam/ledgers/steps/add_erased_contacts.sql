-- People whose data were erased on request do not come back with the next file.
insert into temp.problems
select staged.place, 510, $column, staged.contact_id, 'erased'
from temp.staged as staged
where not staged.left_out and staged.fault is null and staged.place >> 40 = $file_number
    and staged.contact_id in (select contact_id from privacy.erasures)
    and staged.place not in (select place from temp.problems);
