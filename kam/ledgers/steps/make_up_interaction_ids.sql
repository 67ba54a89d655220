-- An interaction without an id gets one that follows from its content, so that the same file makes the same ids.
with signed as (
    select
        staged.*,
        md5(concat_ws('|', account_id, occurred_on, kind, summary, "by", contact_id, next_step, next_step_due)) as content_hash
    from temp.staged as staged
)
select
    signed.* exclude (content_hash) replace (
        coalesce(
            interaction_id,
            'made-' || left(content_hash, 16)
                || case
                    when row_number() over (partition by content_hash, interaction_id is null order by place) = 1 then ''
                    else '-' || row_number() over (partition by content_hash, interaction_id is null order by place)
                end
        ) as interaction_id
    )
from signed;
