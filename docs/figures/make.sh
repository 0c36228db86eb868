#!/bin/sh
# Makes the pictures of docs/first-hour.md of simulated sweeps. Run it anywhere: docs/figures/make.sh
# MDX="some command" takes the place of the script mdx of this checkout.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mdx() {
  # without quotes: the command may have words
  if [ -n "${MDX:-}" ]; then $MDX "$@"; else "$here"/../../mdx "$@"; fi
}
mdx demo --out "$work/demo" --no-report
data=$work/demo/data
mdx reduce "$data"/xtal1/indexed.expt "$data"/xtal2/indexed.expt \
  --background "$data"/background/imported.expt --keep --no-report --out "$work/kept"
mdx plot map "$work"/kept/map.nxs --out "$work"/plane.png
mdx plot deviations "$work"/kept/split_0/corrected.nxs "$work"/kept/split_1/corrected.nxs \
  --scale "$work"/kept/split_0/scales.nxs "$work"/kept/split_1/scales.nxs --merged "$work"/kept/merged.nxs \
  --out "$work"/deviations.png
mv "$work"/plane.png "$here"/plane.png
mv "$work"/deviations_1.png "$here"/deviations.png
echo "wrote $here/plane.png and $here/deviations.png"
