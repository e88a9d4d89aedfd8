create table t(a integer primary key, b text, c real, d)
create table p(k int, v text)
create index pk on p(k)
create view vw as select a, b||'!' as bb, c from t where a>1
insert into t values(1,'one',1.5,null),(2,'two',2.5,x'00'),(3,'three',3,'3'),(4,null,null,4)
insert into p values(1,'x'),(2,'y'),(2,'z'),(null,'n')
select * from t where a=2
select * from vw where a=3
select a from t where b in (select b from t where a<3) and c is not null
select a from t where a in (select k from p)
select a from t where a not in (select k from p)
select a from t where a not in (select k from p where k is not null)
select k in (select a from t), k from p
select v, (select b from t where a=k) from p order by v
select (select v from p where k=a order by v desc limit 1) from t
select (select v from p where k=a limit 1 offset 1) from t
select a, (select count(*) from p where k=a) cnt, (select group_concat(v) from p where k=a) vs from t
select sum((select count(*) from p where k=a)) from t
select max((select max(k) from p where k<=a)) from t
select a, sum(a) from t group by (select k from p where k=a)
select count(*) from t group by a/2 having count(*) = (select max(k) from p)
select a from t order by (select v from p where k=a), a desc
select a from t limit (select count(*) from p) - 2
select t.a, p.v from t left join p on p.k=t.a and p.v > (select min(v) from p) order by 1,2
select * from t where exists (select 1 from p where p.k=t.a and exists (select 1 from t t2 where t2.a=p.k and t2.b=t.b))
select * from t where (select count(*) from p where k = t.a) > 1
select case when exists (select 1 from p where k=a) then 'has' else 'none' end from t
select a from t where a = (select max(k) from p) or b = (select 'one')
select (select a from t where a = x.k) + (select 10) from p x
select * from (select k, v from p union all select a, b from t) where k=2
select * from (select k, v from p union select a, b from t) order by k, v
select * from (select k, v from p order by v desc limit 2) order by v
select count(*) from (select distinct k from p)
select * from (select k, count(*) c from p group by k) where c > 1
select x.k, y.k from p x, p y where x.k < y.k order by 1, 2
select x.v from p x join p y on x.k=y.k and x.v<>y.v
select * from p where k between 1 and 2 and v like '%'
select * from p where k > 1 and k < 3
select * from p where k = 1 or k = 2
select * from p where k in (1,2) and v in ('y','z')
select * from p where k is null
select * from p where k+0 = 2
select min(k), max(k) from p
select min(v) from p where k=2
select max(a) from t where a < 3
select max(a), count(*) from t
select a, max(c) from t
select b, min(c) from t where c > 2
select distinct k from p order by k desc
select distinct k, v from p
select count(distinct k), count(k), count(*) from p
select k, count(*) from p group by k order by count(*) desc, k
select k, count(*) from p group by k having k is not null order by 1
select v, k from p group by k
select k+1, max(v) from p group by k+1
select upper(v), count(*) from p group by upper(v), k
select a, b from t union select k, v from p order by 2, 1
select a from t except select k from p order by a desc
select a from t intersect select k from p
select k from p union all select k from p order by k limit 3 offset 2
select 1 union select 2 union all select 1 except select 2
select * from t natural join (select 2 as a, 'q' as q)
select a as k, v from t join p using (k)
select t.*, p.* from t, p where t.a=p.k and p.v='z'
select rowid, a from t where rowid in (1,3)
select typeof(c), typeof(d), typeof(b) from t
select c, c+1, c||'' from t
select sum(c), sum(d), sum(b) from t
select avg(a), total(d) from t
select total(a), round(avg(c),2) from t
select group_concat(b), group_concat(b,'|') from t
select group_concat(distinct v) from p
select count(*) filter (where k=2), sum(k) filter (where v>'x') from p
select printf('%d-%s', a, b) from t
select a, b from t order by b collate nocase desc, a
select a from t order by c desc, b
select a from t order by -a
select a, -a as n from t order by n
select a*2 as b from t order by b
select b as a from t order by a
select a from t where a > 1 order by a limit 1
select a from t order by a desc limit 2
select a from t order by rowid desc
select d from t order by d
select * from p order by k is null, k, v
select ?, ?1, :x
select * from t where b = "one"
select "b" from t
select [b], `b` from t limit 1
select 'b' from t limit 1
select t."b" from t limit 1
with recursive c(x) as (select 1 union all select x+1 from c where x < 5) select a, x from t join c on a=x
with c as (select k from p) select * from c, c as d where c.k=d.k
with a as (select 1 x), b as (select x+1 y from a), c as (select y+1 z from b) select * from a,b,c
with t as (select 99 as a) select a from t
with x as (select * from t) select (select count(*) from x), a from x where a in (select a from x where a>2)
select * from t where a in (with q as (select 2 as z) select z from q)
with recursive fact(n,f) as (select 0,1 union all select n+1, f*(n+1) from fact where n<10) select f from fact where n=10
with recursive q(a,b) as (select a,b from t where a=1 union select t.a,t.b from t,q where t.a=q.a+1) select * from q
with recursive q(n) as (values(1) union all select n+1 from q where n<1000) select count(*), sum(n), max(n) from q
with recursive q(n) as (values(1) union all select n+1 from q) select n from q limit 4 offset 2
with recursive q(n) as (select 3 union all select n-1 from q where n>0 order by 1 limit 3) select * from q
with w(x,y) as (values (1,'a'),(2,'b')) select * from w where x=2
with w(x,y) as (values (1,'a'),(2,'b')) select w.y, t.b from w left join t on t.a=w.x+3
