#!/bin/sh
# Measures how time and memory of mdx reduce grow with frames, sweeps, subdivision and threads: simulates four PILATUS 2M sweeps,
# reduces them, and leaves growth.csv and growth.png beside this script. Needs GNU time. Run it on a quiet machine; 15 minutes.
# MDX="some command" takes the place of the script mdx of this checkout.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
run=${MDX:-$here/../../mdx}

# shellcheck disable=SC2086
$run simulate --preset PILATUS_2M --sweeps 4 --out "$work/data" >"$work/log" 2>&1
cd "$work"
sweep() { echo "data/xtal$1/indexed.expt"; }
echo "against,value,wall_s,cpu_s,peak_mib" >growth.csv

# time NAME VALUE OPTION… SWEEP…
measure() {
  against=$1
  value=$2
  shift 2
  # shellcheck disable=SC2086
  /usr/bin/time -o figures -f '%e %U %S %M' $run reduce "$@" --background data/background/imported.expt --no-report \
    --overwrite --out map >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
  awk -v a="$against" -v v="$value" '{printf "%s,%s,%s,%.1f,%.0f\n", a, v, $1, $2 + $3, $4 / 1024}' figures >>growth.csv
  tail -n 1 growth.csv
}

for frames in 38 75 150; do
  # shellcheck disable=SC2086
  $run dials-select "$(sweep 1)" --images "1:$frames" --output "part$frames" >/dev/null 2>&1
  measure frames "$frames" "part$frames.expt"
done
measure sweeps 1 "$(sweep 1)"
measure sweeps 2 "$(sweep 1)" "$(sweep 2)"
measure sweeps 4 "$(sweep 1)" "$(sweep 2)" "$(sweep 3)" "$(sweep 4)"
for n in 1 2 3 4 5; do
  measure subdivision "$n" --subdivide "$n,$n,$n" "$(sweep 1)"
done
for n in 1 2; do
  measure threads "$n" --nproc "$n" "$(sweep 1)"
done
java -cp "$here/../../mdx-cli/target/mdx.jar" "$here/Growth.java" growth.csv growth.png
mv growth.csv growth.png "$here"
echo "wrote $here/growth.csv and $here/growth.png"
