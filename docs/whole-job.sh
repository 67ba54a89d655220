#!/usr/bin/env bash
# The whole job on the command line, on a real ledger: facts in, criteria, roster, sponsors, value, review, benchmark.
#
#   docs/whole-job.sh classicmodels  LEDGERS  DATABASE     a wholesaler of model cars, 2003–2005, in dollars
#   docs/whole-job.sh online_retail  LEDGERS  DATABASE     a wholesaler of gifts, 2010–2011, in pounds
#
# LEDGERS is the folder that holds the public ledgers, DATABASE the file to make; what is written goes beside it.
# Relative paths count from the project's folder. PYTHON names the Python of the environment (else .venv/bin/python).
set -euo pipefail
cd "$(dirname "$0")/.."

ledger=$1 ledgers=$2/$1 db=$3
python=${PYTHON:-.venv/bin/python}
out=${db%.duckdb}

kam() { "$python" -m kam --db "$db" --as "Ines Brandt" "$@"; }
step() { printf '\n== %s\n' "$1"; }

case $ledger in
classicmodels)
    year=2005 currency=USD criteria=docs/examples/classicmodels-criteria.toml costs=docs/examples/cost-model-2004.toml
    step "1. Facts: customers, products with their cost, order lines with their headers"
    kam init --currency "$currency"
    kam import accounts "$ledgers/customers.csv" --mapping data/mappings/classicmodels-accounts.toml
    kam import products "$ledgers/products.csv" --mapping data/mappings/classicmodels-products.toml
    kam import order_lines "$ledgers/orderdetails.csv" --join "$ledgers/orders.csv" \
        --mapping data/mappings/classicmodels-orders.toml
    ;;
online_retail)
    year=2011 currency=GBP criteria=docs/examples/online-retail-criteria.toml costs=docs/examples/cost-model-2010.toml
    step "1. Facts: one file; the accounts are made from the ledger, lines without a customer are left out"
    kam init --currency "$currency"
    kam import order_lines "$ledgers/online_retail_2010_2011.csv.gz" \
        --mapping data/mappings/online-retail.toml --create-accounts
    # The file has no cost: margin stays unknown until the programme says which rate it assumes.
    kam parameters adopt value.assumed_margin_rate 0.38 --from 2010-12-01 --source "Finance: mean margin of the trade"
    ;;
*)
    echo "Say classicmodels or online_retail." >&2
    exit 2
    ;;
esac
kam import executives docs/examples/executives.csv

step "2. Value: a cost model, then lifetime value and cost to serve of each account"
kam costs adopt "$costs" --reason "First estimate with operations"
kam value --csv "$out-value.csv"

step "3. Criteria: checked, adopted, and every account judged"
kam criteria check "$criteria"
kam criteria adopt "$criteria" --reason "Charter of the programme"
kam select --csv "$out-verdicts.csv"

step "4. Roster: the six most attractive accounts that pass every gate"
kam select --json >"$out-verdicts.json"
"$python" - "$out-verdicts.json" >"$out-admit.txt" <<'PYTHON'
import json, sys
accounts = json.load(open(sys.argv[1], encoding="utf-8"))["accounts"]
passing = [a for a in accounts if a["verdict"] == "pass"]
passing.sort(key=lambda a: (-(a["attractiveness"] or 0), a["account_id"]))
print(*(a["account_id"] for a in passing[:6]), sep="\n")
PYTHON
while read -r account; do
    kam roster admit "$account" --reason "Meets the charter; among the six most attractive"
done <"$out-admit.txt"
kam roster show

step "5. Sponsors: proposed and accepted (without --accept nothing is changed), then checked"
kam sponsors propose --accept --reason "Agreed in the executive committee"
kam sponsors check

step "6. A review of the first key account, held with what was seen that day"
first=$(head -n 1 "$out-admit.txt")
case $ledger in
classicmodels) on=2005-05-31 due=2005-07-15 ;;
online_retail) on=2011-12-09 due=2012-01-31 ;;
esac
kam review plan "$first" --on "$on" --participants "Ines Brandt, the sponsor, the account manager"
kam review hold --account "$first" --on "$on" --rating on_track --notes "Volumes as agreed." \
    --agree "Bring the delivery report" "Ines Brandt" "$due"
kam review show

step "7. The programme itself, held beside the benchmark"
kam benchmark open --year "$year"
kam benchmark rate strategy.sponsors 3 --evidence "Sponsors assigned in the executive committee" --evidence-on "$on"
kam benchmark rate selection.criteria 3 --evidence "Charter of the programme" --evidence-on "$on"
kam benchmark show --year "$year"
kam committee step rated --year "$year" --minutes "One rater; marks without dated evidence count as 2."
kam committee step compared --year "$year" --minutes "The first round: nothing stands beside it yet."
kam committee decide "Appoint and train the account managers" --year "$year" --step managers --owner "Ines Brandt" --due "$due"
kam committee step decided --year "$year" --minutes "Training comes first."
kam benchmark close --year "$year" --conclusions "Begun: charter and sponsors are in place, the rest is next year's work."

step "8. Safe and sound: verified, backed up, and restored elsewhere"
kam verify
kam backup "$out-backup"
"$python" -m kam --db "$out-again.duckdb" restore "$out-backup"
"$python" -m kam --db "$out-again.duckdb" verify
