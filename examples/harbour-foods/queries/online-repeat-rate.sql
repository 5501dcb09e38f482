-- One row a month: first-time buyers whose 90 days ended in it, and those who ordered again.
with firsts as (
    select buyer_id, min(paid_on) as first_paid_on
    from orders
    where paid_on is not null
    group by buyer_id
),
windows as (
    select
        f.buyer_id,
        to_char(f.first_paid_on + interval '90 days', 'YYYY-MM') as period,
        exists (
            select 1
            from orders o
            where o.buyer_id = f.buyer_id
              and o.paid_on > f.first_paid_on
              and o.paid_on <= f.first_paid_on + interval '90 days'
        ) as came_back
    from firsts f
)
select
    period,
    count(*) filter (where came_back) as numerator,
    count(*) as denominator
from windows
where period < to_char(current_date, 'YYYY-MM')
group by period
order by period
