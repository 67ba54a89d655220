-- How a cell's text becomes a value: macros of one import's own connection, gone with it.
-- Every macro is null for a missing cell. A value that cannot be read is null too; its reason is told apart by the
-- macros at the end, which look at the rejected rows only. chr(1) marks a typed cell of a workbook.

-- Text -----------------------------------------------------------------------------------------------------------

-- Text of nothing but ASCII letters, digits, - _ . ~: encoding it for an address changes nothing, and is told in a third of the
-- time that a pattern takes.
create or replace temp macro is_bare(x) as x <> '' and url_encode(x) = x;

-- Trimming letter by letter is dear; most cells begin and end with a visible ASCII character.
create or replace temp macro cell(x) as
    case
        when is_bare(x) then x
        when regexp_full_match(x, '[!-~](?s:.*[!-~])?') then x
        else nullif(trim(x, ' ' || chr(9) || chr(10) || chr(13) || chr(160) || chr(12288) || chr(65279)), '')
    end;

-- Bare text, or text that begins with a letter or digit and ends visibly, without control characters or + within: nothing to
-- trim, no mark of a typed or guarded cell, no number sign, no exponent. One look instead of six.
create or replace temp macro is_plain_text(x) as
    case when is_bare(x) then true else coalesce(regexp_full_match(x, '[0-9A-Za-z]([^\x00-\x1f\x7f+]*[!-~])?'), false) end;

create or replace temp macro untyped(x) as cell(ltrim(x, chr(1)));

-- Our own exports put an apostrophe before text that a spreadsheet would take for a formula.
create or replace temp macro unguarded(x) as
    case when x[1] = chr(39) and regexp_matches(x, '^''+[-=+@\t\r]') then x[2:] else x end;

-- An id that a file carries as a float because some are missing: 17850.0.
create or replace temp macro whole_id(x) as
    case when regexp_full_match(x, '-?\d+\.0+') then split_part(x, '.', 1) else x end;

-- The first of several ids in one cell: 17;23.
create or replace temp macro first_of_several(x) as cell(split_part(x, ';', 1));

-- A name for finding the same name: without regard to case, accents, blanks and punctuation.
create or replace temp macro name_key(x) as
    trim(regexp_replace(lower(strip_accents(x)), '[^\p{L}\p{N}]+', ' ', 'g'));

create or replace temp macro as_text(v) as v::varchar;

create or replace temp macro joined_text(x, y) as concat_ws(' · ', x, y);

-- Tests for rows to leave out ----------------------------------------------------------------------------------------

create or replace temp macro either(x, y) as x or y;
create or replace temp macro surely(x) as coalesce(x, false);
create or replace temp macro is_absent(x) as x is null;
create or replace temp macro is_one_of(x, words) as coalesce(list_contains(words, x), false);
create or replace temp macro chosen_if(test, x, y) as case when test then x else y end;
-- Amounts that are written without their sign, as credit notes are: negative whatever the file says.
create or replace temp macro less_if(test, v) as case when test then -abs(v) else v end;
create or replace temp macro begins_with(x, start) as coalesce(starts_with(x, start), false);

-- Numbers ------------------------------------------------------------------------------------------------------------

-- Words that stand for no value in a number or date column.
create or replace temp macro is_no_value(x) as lower(x) in ('nan', 'null', 'inf', '+inf', '-inf', 'infinity', '-infinity');

-- Group 1, 3: signs or parentheses before and after a currency; 4: the digits with their marks; 6: what follows them.
create or replace temp macro number_pattern() as
    '^([-−–+(]?)\s*((?:[A-Za-z]{1,3})?[$€£¥￥₩₹₽฿₫]|[A-Z]{3})?\s*([-−–+(]?)\s*((?:\d[\d.,''’ \x{00A0}\x{2009}\x{202F}]*|[.,]\d[\d.,]*))\s*((?:[A-Za-z]{1,3})?[$€£¥￥₩₹₽฿₫元]|[A-Z]{3})?\s*([-−–)]?)\s*((?:[A-Za-z]{1,3})?[$€£¥￥₩₹₽฿₫元]|[A-Z]{3})?$';

-- The pattern is dear and is matched once a number: what needs its parts takes them as one value.
create or replace temp macro number_parts(x) as
    regexp_extract(x, number_pattern(), ['before', 'currency', 'between', 'digits', 'behind', 'after', 'last']);
create or replace temp macro digits_of(parts) as rtrim(parts.digits, ' ' || chr(160) || chr(8239));

-- One sign, or parentheses that open and close.
create or replace temp macro is_signed_well(parts) as
    case
        when parts.after = ')' then (parts.before = '(') <> (parts.between = '(')
        else parts.before <> '(' and parts.between <> '(' and length(parts.before || parts.between || parts.after) < 2
    end;

create or replace temp macro is_negative(parts) as
    regexp_matches(parts.before || parts.between || parts.after, '[-−–()]');

-- The digits with a decimal point and nothing else; null where the marks are not set as in a number.
create or replace temp macro digits_with_point(d, mark) as
    case
        when mark = '.' and regexp_full_match(d, '(?:\d+|\d{1,3}(?:[,''’ \x{00A0}\x{2009}\x{202F}]\d{3})+|\d{1,2}(?:,\d{2})+,\d{3})?(?:\.\d*)?')
            then regexp_replace(d, '[^\d.]', '', 'g')
        when mark = ',' and regexp_full_match(d, '(?:\d+|\d{1,3}(?:[.''’ \x{00A0}\x{2009}\x{202F}]\d{3})+)?(?:,\d*)?')
            then replace(regexp_replace(d, '[^\d,]', '', 'g'), ',', '.')
    end;

create or replace temp macro number_of_parts(parts, mark) as
    case
        when parts.digits <> '' and is_signed_well(parts) then
            nullif(case when is_negative(parts) then '-' else '' end || digits_with_point(digits_of(parts), mark), '')
    end;

-- A number as written, in the plain form 1234.5. mark: the file's decimal mark. The common ways of each mark come first: a whole
-- column is mostly written in one of them.
create or replace temp macro number_text(x, mark) as
    case
        when x is null or is_no_value(x) then null
        when x[1] = chr(1) then x[2:]
        when mark = '.' and regexp_full_match(x, '[-+]?\d+(\.\d+)?([eE][-+]?\d{1,3})?') then x
        when mark = '.' and regexp_full_match(x, '-?\d{1,3}(,\d{3})+(\.\d+)?') then replace(x, ',', '')
        when mark = ',' and regexp_full_match(x, '-?\d+(,\d+)?([eE][-+]?\d{1,3})?') then replace(x, ',', '.')
        when mark = ',' and regexp_full_match(x, '-?\d{1,3}(\.\d{3})+(,\d+)?') then replace(replace(x, '.', ''), ',', '.')
        when mark = ',' and regexp_full_match(x, '\+\d+(,\d+)?[eE][-+]?\d{1,3}') then replace(x, ',', '.')
        when mark = '.' and regexp_full_match(x, '-?([$€£¥]\s?)?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?(\s?[$€£¥])?')
            then regexp_replace(x, '[^-\d.]', '', 'g')
        when mark = ',' and regexp_full_match(x, '-?([$€£¥]\s?)?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?(\s?[$€£¥])?')
            then replace(regexp_replace(x, '[^-\d,]', '', 'g'), ',', '.')
        else list_transform([number_parts(x)], lambda parts: number_of_parts(parts, mark))[1]
    end;

create or replace temp macro money_of(t) as try_cast(t as decimal(18, 2));
create or replace temp macro quantity_of(t) as try_cast(t as decimal(18, 4));
create or replace temp macro factor_of(t) as try_cast(t as decimal(28, 8));
create or replace temp macro number_of(t) as
    case when isfinite(try_cast(t as double)) then try_cast(t as double) end;
-- 45 % and 0.45 alike; is_percent: the column's heading says that all its numbers are percentages.
create or replace temp macro share_of(x, mark, is_percent) as
    number_of(number_text(rtrim(x, '% '), mark)) / case when is_percent or ends_with(x, '%') then 100 else 1 end;
create or replace temp macro integer_of(t) as
    case
        when try_cast(t as integer)::varchar = t then try_cast(t as integer)
        -- A cast to integer would round 1.5 and read 0x10.
        when regexp_full_match(t, '[-+]?[0-9]+') then try_cast(t as integer)
        when try_cast(t as decimal(18, 4)) = trunc(try_cast(t as decimal(18, 4)))
            then try_cast(try_cast(t as decimal(18, 4)) as integer)
    end;

-- Arithmetic of a mapping, exact to eight decimals at every step; null where it overflows or an operand is missing.
create or replace temp macro times(x, y) as try(cast(cast(x as decimal(28, 8)) * cast(y as decimal(28, 8)) as decimal(28, 8)));
create or replace temp macro plus(x, y) as try(cast(cast(x as decimal(28, 8)) + cast(y as decimal(28, 8)) as decimal(28, 8)));
create or replace temp macro minus(x, y) as try(cast(cast(x as decimal(28, 8)) - cast(y as decimal(28, 8)) as decimal(28, 8)));
create or replace temp macro as_money(v) as try_cast(v as decimal(18, 2));
create or replace temp macro as_quantity(v) as try_cast(v as decimal(18, 4));
create or replace temp macro as_factor(v) as try_cast(v as decimal(28, 8));
create or replace temp macro as_number(v) as try_cast(v as double);
create or replace temp macro as_share(v) as try_cast(v as double);
create or replace temp macro as_integer(v) as case when v = trunc(v) then try_cast(v as integer) end;
create or replace temp macro as_date(v) as case when v between date '0001-01-01' and date '9999-12-31' then v end;
create or replace temp macro as_boolean(v) as v;
create or replace temp macro first_known(x, y) as coalesce(x, y);

-- Words that stand for no day; SAP writes zeros.
create or replace temp macro is_no_day(x) as is_no_value(x) or x in ('00000000', '0000-00-00', '00.00.0000', '0000-00-00 00:00:00');

-- Dates --------------------------------------------------------------------------------------------------------------

-- What may follow a day: a time, with or without zone.
create or replace temp macro then_time() as '(?:(?:T|\s+|,\s*)(?:[上下]午\s*)?\d{1,2}[:.h]\d{2}.*)?';

create or replace temp macro day_at(y, m, d) as
    try(make_date(try_cast(y as bigint), try_cast(m as bigint), try_cast(d as bigint)));

create or replace temp macro parted_day(x, pattern, y, m, d) as
    day_at(regexp_extract(x, pattern, y), regexp_extract(x, pattern, m), regexp_extract(x, pattern, d));

create or replace temp macro year_first() as '^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})' || then_time() || '$';
create or replace temp macro year_last() as '^(\d{1,2})[-/](\d{1,2})[-/](\d{4})' || then_time() || '$';
create or replace temp macro dotted() as '^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})' || then_time() || '$';
create or replace temp macro compact() as '^((?:1[89]|2[01]|99)\d{2})(\d{2})(\d{2})(?:\.0+|\d{6}|' || then_time() || ')$';
create or replace temp macro minguo() as '^(?:(?:民國|民国)\s*(\d{1,3})\s*[年./-]|(\d{3})[年./-])\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?' || then_time() || '$';
create or replace temp macro short_minguo() as '^(\d{2,3})(?:[./-](\d{1,2})[./-](\d{1,2})|(\d{2})(\d{2}))' || then_time() || '$';
create or replace temp macro han_day() as '^(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日?' || then_time() || '$';
create or replace temp macro named_month() as '^\d{1,2}[-\s.]+[A-Za-z]{3,9}[-\s.,]+\d{4}$|^[A-Za-z]{3,9}\.?\s+\d{1,2},?\s+\d{4}$';
create or replace temp macro serial() as '^\d{1,7}(\.\d+)?$';

create or replace temp macro serial_day(x, epoch) as
    case
        when epoch = 'excel1904' then try(date '1904-01-01' + cast(floor(try_cast(x as double)) as integer))
        -- The 1900 calendar has a 29 February 1900 that never was: days up to 59 lie one later.
        when try_cast(x as double) < 60 then try(date '1899-12-31' + cast(floor(try_cast(x as double)) as integer))
        else try(date '1899-12-30' + cast(floor(try_cast(x as double)) as integer))
    end;

-- day_order: dmy, mdy, roc or ''; epoch: excel, excel1904 or '' (serial numbers are no dates).
create or replace temp macro day_of(x, day_order, epoch) as
    case
        when x is null or is_no_day(x) then null
        when x[1] = chr(1) then
            case
                when regexp_matches(x[2:], serial()) then serial_day(x[2:], epoch)
                else parted_day(x[2:], year_first(), 1, 2, 3)
            end
        when regexp_matches(x, year_first()) then parted_day(x, year_first(), 1, 2, 3)
        when regexp_matches(x, dotted()) then parted_day(x, dotted(), 3, 2, 1)
        when regexp_matches(x, year_last()) then
            case
                when day_order = 'mdy' then parted_day(x, year_last(), 3, 1, 2)
                when day_order = 'dmy' or try_cast(regexp_extract(x, year_last(), 1) as integer) = try_cast(regexp_extract(x, year_last(), 2) as integer)
                    then parted_day(x, year_last(), 3, 2, 1)
            end
        when epoch <> '' and regexp_matches(x, serial()) then serial_day(x, epoch)
        when day_order = 'roc' and regexp_matches(x, short_minguo()) then
            day_at(
                (1911 + try_cast(regexp_extract(x, short_minguo(), 1) as integer))::varchar,
                regexp_extract(x, short_minguo(), 2) || regexp_extract(x, short_minguo(), 4),
                regexp_extract(x, short_minguo(), 3) || regexp_extract(x, short_minguo(), 5)
            )
        when regexp_matches(x, compact()) then parted_day(x, compact(), 1, 2, 3)
        when regexp_matches(x, minguo()) then
            day_at(
                (1911 + try_cast(regexp_extract(x, minguo(), 1) || regexp_extract(x, minguo(), 2) as integer))::varchar,
                regexp_extract(x, minguo(), 3),
                regexp_extract(x, minguo(), 4)
            )
        when regexp_full_match(x, '1\d{6}') then day_at((1911 + try_cast(x[1:3] as integer))::varchar, x[4:5], x[6:7])
        when regexp_matches(x, han_day()) then parted_day(x, han_day(), 1, 2, 3)
        when regexp_matches(x, named_month()) then
            cast(try_strptime(regexp_replace(x, '[-\s.,]+', ' ', 'g'), ['%d %b %Y', '%d %B %Y', '%b %d %Y', '%B %d %Y']) as date)
    end;

-- The quick forms: one way of writing for the whole column, anything else is looked at again. Each gives the day that day_of gives.
create or replace temp macro iso_day(x) as
    case
        when strlen(x) = 10 and instr(x, '-') = 5 then try_cast(x as date)
        -- A year before Christ stands behind its day, in parentheses.
        when instr(x, '-') = 5 and not contains(x, '(') then try_cast(x as date)
    end;
create or replace temp macro dotted_day(x) as
    case when regexp_full_match(x, '\d{1,2}\.\d{1,2}\.\d{4}') then cast(try_strptime(x, '%d.%m.%Y') as date) end;
create or replace temp macro compact_day(x) as
    case when regexp_full_match(x, '(1[89]|2[01]|99)\d{6}') then cast(try_strptime(x, '%Y%m%d') as date) end;
create or replace temp macro slashed_day(x, pattern) as
    cast(try_strptime(rtrim(replace(split_part(x, ' ', 1), '-', '/'), ','), pattern) as date);
create or replace temp macro day_by_pattern(x, pattern) as cast(try_strptime(x, pattern) as date);

-- Other kinds --------------------------------------------------------------------------------------------------------

-- The commonest words as they stand first: whole columns hold no other. What both of two branches worked out would be worked
-- out for every row, so the other words are looked up in one place.
create or replace temp macro yes_or_no(x) as
    case
        when x in ('true', '1', 'Y', 'yes') then true
        when x in ('false', '0', 'N', 'no') then false
        else map {
            'true': true, 't': true, 'yes': true, 'y': true, '1': true, '1.0': true, 'x': true, 'ja': true, 'j': true,
            'wahr': true, 'oui': true, 'si': true, 'sí': true, '是': true,
            'false': false, 'f': false, 'no': false, 'n': false, '0': false, '0.0': false, 'nein': false, 'falsch': false,
            'non': false, '否': false
        }[lower(ltrim(x, chr(1)))]
    end;
-- ??? stands for a currency that cannot be read, so that its amounts are not added to another's.
create or replace temp macro currency_of(x) as
    case
        -- The commonest as they stand: a pattern costs as much as all else that is done to a line's currency.
        when x in ('EUR', 'USD', 'GBP', 'CHF', 'CNY', 'JPY', 'TWD') then x
        when regexp_full_match(x, '[A-Za-z]{3}') then upper(x)
        when x is not null then '???'
    end;
create or replace temp macro bare_word(x) as lower(regexp_replace(x, '[\s_\-]+', '', 'g'));
create or replace temp macro choice_of(x, words) as list_filter(words, lambda word: bare_word(word) = bare_word(x))[1];
create or replace temp macro words_of(x) as
    case when x is not null then list_filter(list_transform(string_split(x, ';'), lambda word: trim(word)), lambda word: word <> '') end;

-- What to look at again -------------------------------------------------------------------------------------------------

create or replace temp macro unread(x, v) as v is null and x is not null;
create or replace temp macro absent(v) as v is null;
create or replace temp macro beyond(v, lowest, highest) as v < lowest or v > highest;
create or replace temp macro later_than(v, day) as v > day;
create or replace temp macro exceeds(v, most) as v > most;
create or replace temp macro longer_than(x, longest) as strlen(x) > longest;
create or replace temp macro is_typed(x) as starts_with(x, chr(1));
-- Few ids begin with a digit or a sign; the others need no look at their end.
create or replace temp macro ends_like_float(x) as case when x < ':' then ends_with(x, '.0') else false end;
create or replace temp macro has_exponent(x) as contains(x, 'E+') or contains(x, 'e+');
create or replace temp macro holds_control(x) as regexp_matches(x, '[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]');
create or replace temp macro holds_mark(x) as contains(x, '.') or contains(x, ',');
create or replace temp macro equals(x, y) as x = y;
create or replace temp macro each(x, y) as coalesce(x, false) and coalesce(y, false);
create or replace temp macro opposite(x) as not coalesce(x, false);

-- Reasons (null: nothing is wrong) -------------------------------------------------------------------------------------

create or replace temp macro is_excel_error(x) as
    x in ('#N/A', '#REF!', '#VALUE!', '#DIV/0!', '#NAME?', '#NULL!', '#NUM!', '#SPILL!', '#CALC!', '#GETTING_DATA');
create or replace temp macro common_reason(x, is_required, longest) as
    case
        when x is null then case when is_required then 'missing' end
        when x = chr(1) || '=' then 'formula'
        when is_excel_error(x) then 'excel_error'
        when length(x) > longest then 'too_long'
    end;
create or replace temp macro text_reason(x, is_required, longest) as
    coalesce(common_reason(x, is_required, longest), case when regexp_matches(ltrim(x, chr(1)), '[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]') then 'control_char' end);
create or replace temp macro id_reason(x, is_required, longest) as
    coalesce(
        text_reason(x, is_required, longest),
        case when regexp_full_match(ltrim(x, chr(1)), '-?\d+(\.\d+)?[eE]\+\d+') or regexp_full_match(x, chr(1) || '\d{4}-\d\d-\d\d.*') then 'mangled_id' end
    );
create or replace temp macro number_reason(x, v, t, is_required, reason) as
    case
        when x is null or common_reason(x, is_required, 200) is not null then common_reason(x, is_required, 200)
        when v is not null then null
        when is_no_value(ltrim(x, chr(1))) then
            case when not is_required then null when lower(x) = 'null' then 'missing' else 'not_finite' end
        when regexp_full_match(t, '[-+]?\d+(\.\d*)?([eE][-+]?\d+)?') and reason = 'bad_number' then 'out_of_range'
        when regexp_full_match(t, '[-+]?\d+') and reason = 'bad_integer' then 'out_of_range'
        else reason
    end;
create or replace temp macro range_reason(v, lowest, highest) as case when v < lowest or v > highest then 'out_of_range' end;
create or replace temp macro date_reason(x, v, is_required) as
    case
        when x is null or common_reason(x, is_required, 200) is not null then common_reason(x, is_required, 200)
        when v < date '1800-01-01' then 'out_of_range'
        when v is not null then null
        when is_no_day(ltrim(x, chr(1))) then case when is_required then 'missing' end
        else 'bad_date'
    end;
create or replace temp macro future_reason(v, day) as case when v > day then 'future_date' end;
create or replace temp macro word_reason(x, v, is_required, reason) as
    case
        when x is null or common_reason(x, is_required, 20000) is not null then common_reason(x, is_required, 20000)
        when v is null or v = '???' then reason
    end;
create or replace temp macro reason_if(test, reason) as case when test then reason end;
create or replace temp macro opens_with_total(x) as
    regexp_matches(lower(x), '^((grand|overall|report|sub)[\s-]*)?(total|totals|subtotal|sum|summe|gesamt|gesamtsumme|zwischensumme|合計|总计|總計|小計|小计)([\s:(].*)?$');

-- Ways of writing (what a column's values could be) ------------------------------------------------------------------

create or replace temp macro date_way(x) as
    case
        when x is null or is_no_day(x) then 'missing'
        when x[1] = chr(1) then 'typed'
        when regexp_full_match(x, '\d{4}-\d{1,2}-\d{1,2}') and iso_day(x) is not null then 'iso'
        when regexp_matches(x, year_first()) then
            case when iso_day(x) is not null then 'iso' when parted_day(x, year_first(), 1, 2, 3) is not null then 'clear' else 'other' end
        when dotted_day(x) is not null then 'dotted'
        when compact_day(x) is not null then 'compact'
        when regexp_matches(x, dotted()) then case when parted_day(x, dotted(), 3, 2, 1) is not null then 'clear' else 'other' end
        when regexp_matches(x, han_day()) or regexp_matches(x, named_month()) then 'clear'
        when regexp_matches(x, compact()) and parted_day(x, compact(), 1, 2, 3) is not null then 'clear'
        when regexp_matches(x, minguo()) or regexp_full_match(x, '1\d{6}') then 'clear'
        when regexp_matches(x, year_last()) then
            case
                when try_cast(regexp_extract(x, year_last(), 1) as integer) = try_cast(regexp_extract(x, year_last(), 2) as integer) then 'same'
                when parted_day(x, year_last(), 3, 2, 1) is null and parted_day(x, year_last(), 3, 1, 2) is null then 'other'
                when parted_day(x, year_last(), 3, 1, 2) is null then 'dmy'
                when parted_day(x, year_last(), 3, 2, 1) is null then 'mdy'
                else 'dmy or mdy'
            end
        when regexp_full_match(x, '\d{5}(\.\d+)?') then 'serial'
        else 'other'
    end;

create or replace temp macro digits_way(d) as
    case
        when d = '' then 'other'
        when regexp_full_match(d, '[\d''’ \x{00A0}\x{2009}\x{202F}]+') then 'adorned'
        when regexp_full_match(d, '[1-9]\d{0,2}\.\d{3}') then 'point or comma, written with a point'
        when regexp_full_match(d, '[1-9]\d{0,2},\d{3}') then 'point or comma, written with a comma'
        when digits_with_point(d, '.') is not null and digits_with_point(d, ',') is null then 'point'
        when digits_with_point(d, ',') is not null and digits_with_point(d, '.') is null then 'comma'
        else 'other'
    end;

create or replace temp macro number_way(x) as
    case
        when x is null or is_no_value(x) then 'missing'
        when x[1] = chr(1) then 'typed'
        when regexp_full_match(x, '[-+]?\d+([eE][-+]?\d{1,3})?') then 'whole'
        when regexp_full_match(x, '[-+]?\d+\.\d+[eE][-+]?\d{1,3}') then 'plain point'
        when regexp_full_match(x, '[-+]?\d*\.\d*') and not regexp_full_match(x, '[-+]?[1-9]\d{0,2}\.\d{3}') and try_cast(x as double) is not null then 'plain point'
        else list_transform([digits_of(number_parts(x))], lambda digits: digits_way(digits))[1]
    end;

create or replace temp macro id_way(x) as
    case
        when x is null then 'missing'
        when x[1] = chr(1) then 'typed'
        when regexp_full_match(x, '-?\d+\.0+') then 'float'
        when regexp_full_match(x, '-?\d+(\.\d+)?') then 'number'
        else 'word'
    end;
