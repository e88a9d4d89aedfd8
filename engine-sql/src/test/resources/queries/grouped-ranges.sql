create table t(a int, b int, c int)
create index i on t(a,b)
with recursive x(n) as (select 1 union all select n+1 from x where n<60) insert into t select n/10, n%7, n from x
create table u(k integer primary key, v)
insert into u values(1,10),(2,20),(3,30),(5,50)
select a, count(*), sum(c)+max(b) from t where a>1+0 and a<2+3 group by a having sum(c)+1 > 10 order by a
select a, b, count(*), (select v from u where k=a) from t where a between abs(-1) and abs(-4) group by a, b having count(*)>0 order by a, b
select a, sum(b*2+c) x from t where a in (1,2,4) group by a having sum(b*2+c)+0 > 5
select a, count(distinct b), group_concat(c) from t where a >= 2 and a <= 3+1 group by a
select t.a, u.v, count(*), sum(t.b+u.v) from u join t on t.a=u.k where t.a between 1 and 4+0 group by t.a having sum(t.b+u.v)>0 and max(c)+1>2 order by t.a
select a from t where a>1+1 and a<3+2 union select k from u where k>0+1 and k<4+1
select a+1, b*2 from t where a>1+1 and a<3+2 except select k+1, v/5 from u where k>0+1 and k<4+1 order by 1, 2
select * from (select a, count(*) n from t where a>0+1 and a<9+1 group by a) x join u on u.k+0=x.a where x.n+0>3 and u.v+1>5
select distinct a from t where a>1+0 and a<4+1 order by a
select a, b from t where a=2+0 and b>1+0 and b<5+1 order by a, b limit 3
select x.a, y.b from (select a from t where a>1 and a<4+0 limit 5) x, (select b from t where b>2+1 limit 4) y order by 1,2
