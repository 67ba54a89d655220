-- change.function_code(name VARCHAR)
-- One figure: the code of a function of ours (kam.change.FUNCTIONS) that a record names by id or in words; other names
-- in lower case with _ for spaces.
create or replace macro change.function_code(name VARCHAR) as
    case lower(replace(trim(name), ' ', '_'))
        when 'product' then 'product_development'
        when 'product_management' then 'product_development'
        when 'research_and_development' then 'product_development'
        when 'logistics' then 'transport'
        when 'manufacturing' then 'production'
        else lower(replace(trim(name), ' ', '_'))
    end;
