-- Calls of every function. A scene is a run of lines without an empty one between; {t} is a table, {c} and {d} its columns.
SELECT round(acos({num}), 9), round(acosh({num}), 9), round(asin({num}), 9), round(asinh({num}), 9), round(atan({num}), 9), round(atanh({num}), 9)
SELECT round(atan2({num}, {num}), 9), round(atn2({num}, {num}), 9), round(cos({num}), 9), round(cosh({num}), 9), round(sin({num}), 9), round(sinh({num}), 9)

SELECT round(cot({num}), 9), round(coth({num}), 9), round(tan({num}), 9), round(tanh({num}), 9), round(exp({num}), 9), degrees(radians({n})) > {num}
SELECT round(degrees({num}), 8), round(radians({num}), 9), round(ln({num}), 9), round(log({num}), 9), round(log({num}, {num}), 9), round(log10({num}), 9), round(log2({num}), 9)

SELECT round(pow({num}, {n}), 8), round(power({num}, {n}), 8), round(sqrt({num}), 9), square({num}), sign({edge}), mod({num}, {num}), round(pi(), 9)
SELECT abs({num}), ceil({num}), ceiling({edge}), floor({num}), trunc({edge}), round({num}), round({edge}, {n})

SELECT charindex({text}, {text}), charindex({text}, {text}, {n}), leftstr({text}, {n}), rightstr({text}, {n}), padc({text}, {n}), padl({text}, {n}), padr({text}, {n})
SELECT proper({text}), replicate({text}, {n} + 1), reverse({text}), strfilter({text}, {text}), difference('{w}', '{w}'), upper({text}), lower({text})

SELECT changes(), total_changes(), last_insert_rowid()
SELECT length(random()) > 0, typeof(random()), length(randomblob({n} + 1)), typeof(randomblob(3)), zeroblob({n})

SELECT sqlite_compileoption_used('THREADSAFE'), sqlite_compileoption_used({text}), typeof(sqlite_compileoption_get(0)), sqlite_compileoption_get(9999), typeof(sqlite_source_id()), sqlite_version()
SELECT typeof(current_date), typeof(CURRENT_TIME), length(current_timestamp), date('now') = current_date, sqlite_log(1, NULL) IS NULL

SELECT load_extension('nothing')
SELECT load_extension('nothing', 'entry')
SELECT match({text}, {text})
SELECT {text} MATCH {text}
SELECT {c} MATCH 'x' FROM {t}
SELECT {c} NOT MATCH 'x' FROM {t}

SELECT char({n}, 65, 0x20AC), coalesce(NULL, {c}, {lit}), concat('a', CAST({c} AS TEXT)), concat_ws('-', CAST({c} AS TEXT), 'x'), format('%s|%d', {c}, {c}), printf('%q %Q', {c}, {d}) FROM {t}
SELECT glob({text}, {c}), like({text}, {c}), like({text}, {c}, 'a'), hex({c}), ifnull({c}, {lit}), if({c}, 1, {d}), iif({c}, 1), iif({c}, 1, 2, 3, 4) FROM {t}

SELECT instr({text}, {text}), length({c}), octet_length({c}), likely({c}), unlikely({c}), likelihood({c}, 0.5), ltrim({text}), ltrim({text}, {text}), rtrim({text}), rtrim({text}, {text}), trim({text}), trim({text}, {text}) FROM {t}
SELECT nullif({c}, {d}), quote({c}), replace({text}, {text}, {text}), substr({c}, {n}), substr({c}, {n}, {n}), substring({c}, {n}), substring({c}, {n}, {n}), typeof({c}), unicode({c}) FROM {t}

SELECT unhex('41{n}{n}'), unhex('41-42', '-'), unistr('\00e4' || '{w}'), unistr_quote({c}), min({c}, {d}), max({c}, {d}, 5), subtype(json('[1]')), subtype({c}) FROM {t}
SELECT date({time}), date({time}, {mod}), time({time}, {mod}), datetime({time}, {mod}), julianday({time}, {mod}), unixepoch({time}, {mod}), strftime('%Y %j %s', {time}, {mod}), timediff({time}, {time})

SELECT avg({small}), count(*), count({c}), sum({small}), total({small}), min({c}), max({c}), group_concat({c} ORDER BY typeof({c}), {c}), group_concat({c}, '|' ORDER BY typeof({c}), {c}), string_agg({c}, '+' ORDER BY typeof({c}), {c}) FROM {t}
SELECT lower_quartile({small}), upper_quartile({small}), median({small}), mode({small}), round(stdev({small}), 8), round(variance({small}), 8) FROM {t}

SELECT percentile({small}, {n} * 10), percentile_cont({small}, 0.{n}), percentile_disc({small}, 0.{n}) FROM {t}
SELECT median({small}) OVER (ORDER BY rowid ROWS 2 PRECEDING), percentile({small}, 50) OVER (), percentile_cont({small}, 0.5) OVER (PARTITION BY typeof({c})), percentile_disc({small}, 0.5) OVER () FROM {r}

SELECT avg({small}) OVER (), count(*) OVER (PARTITION BY typeof({c})), count({c}) OVER (ORDER BY rowid), sum({small}) OVER (ORDER BY rowid ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING), total({small}) OVER (ORDER BY rowid DESC), min(typeof({c})) OVER (), max(typeof({c})) OVER () FROM {r}
SELECT group_concat(typeof({c})) OVER (ORDER BY rowid), group_concat({small}, '|') OVER (ORDER BY rowid ROWS 1 PRECEDING), string_agg(quote({c}), '+') OVER (ORDER BY rowid ROWS BETWEEN CURRENT ROW AND 2 FOLLOWING) FROM {r}

SELECT row_number() OVER (ORDER BY rowid), rank() OVER (ORDER BY typeof({c})), dense_rank() OVER (ORDER BY typeof({c}) DESC), percent_rank() OVER (ORDER BY typeof({c})), cume_dist() OVER (ORDER BY typeof({c})), ntile({n} + 1) OVER (ORDER BY rowid) FROM {r}
SELECT lag({c}) OVER w, lag({c}, {n}) OVER w, lag({c}, 2, 'none') OVER w, lead({c}) OVER w, lead({c}, {n}) OVER w, lead({c}, 1, {lit}) OVER w FROM {r} WINDOW w AS (ORDER BY rowid)

SELECT first_value({c}) OVER w, last_value({c}) OVER w, nth_value({c}, {n} + 1) OVER w FROM {r} WINDOW w AS (PARTITION BY typeof({c}) ORDER BY rowid ROWS BETWEEN {n} PRECEDING AND 1 FOLLOWING)
SELECT json_group_array({c}) OVER (ORDER BY rowid), json_group_object(rowid, {small}) OVER (ORDER BY rowid ROWS 1 PRECEDING), hex(jsonb_group_array({small}) OVER (ORDER BY rowid)), hex(jsonb_group_object(rowid, typeof({c})) OVER ()) FROM {r} WHERE typeof({c}) <> 'blob'

SELECT json({json}), hex(jsonb({json})), json_array({n}, {text}, NULL), hex(jsonb_array({n}, {text}, NULL)), json_object('k', {n}, 'l', {text}), hex(jsonb_object('k', {n})), json_valid({json}), json_valid({json}, {n} + 1)
SELECT json_extract({json}, {path}), json_extract({json}, {path}, {path}), hex(jsonb_extract({json}, {path})), {json} -> {path}, {json} ->> {path}, {json} -> {n}, {json} ->> 'a', json_type({json}), json_type({json}, {path})

SELECT json_array_length({json}), json_array_length({json}, {path}), json_error_position({json}), json_error_position({text}), json_pretty({json}), json_pretty({json}, '..'), json_quote({text}), json_quote({n})
SELECT json_insert({json}, {path}, {n}), json_replace({json}, {path}, {text}), json_set({json}, {path}, {lit}), json_remove({json}, {path}), json_patch({json}, {json}), json_array_insert('[1,2,3]', '$[{n}]', {text})

SELECT hex(jsonb_insert({json}, {path}, {n})), hex(jsonb_replace({json}, {path}, {text})), hex(jsonb_set({json}, {path}, 1)), hex(jsonb_remove({json}, {path})), hex(jsonb_patch({json}, {json})), hex(jsonb_array_insert('[1,2]', '$[1]', {n}))
SELECT json_group_array({c} ORDER BY rowid), json_group_object(rowid, typeof({c}) ORDER BY rowid), hex(jsonb_group_array({small} ORDER BY rowid)), hex(jsonb_group_object(rowid, {small} ORDER BY rowid)) FROM {r} WHERE typeof({c}) <> 'blob'

SELECT key, value, type, atom, id, parent, fullkey, path FROM json_each({json})
SELECT key, value, type, atom, fullkey, path FROM json_tree({json}, {path})
SELECT key, quote(value), type, fullkey FROM jsonb_each({json})
SELECT key, quote(value), type, fullkey FROM jsonb_tree({json}, {path})
SELECT j.value FROM {r} AS q, json_each(json_array(q.rowid, 'x', q.rowid + 1)) AS j WHERE j.type = 'integer'

SELECT name, builtin, type, narg FROM pragma_function_list WHERE name IN ('abs', 'count', 'lag', 'json') ORDER BY name, narg
SELECT name FROM pragma_module_list WHERE name LIKE 'dbs%'
