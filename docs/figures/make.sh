#!/bin/sh
# Makes the pictures of docs/first-hour.md of simulated sweeps. Run it anywhere: docs/figures/make.sh
set -e
here=$(cd "$(dirname "$0")" && pwd)
mdx=${MDX:-$here/../../mdx}
work=$(mktemp -d)
$mdx demo --out "$work" --no-report
$mdx reduce "$work"/data/xtal1/indexed.expt "$work"/data/xtal2/indexed.expt \
  --background "$work"/data/background/imported.expt --keep --no-report --out "$work"/kept
$mdx plot map "$work"/kept/map.nxs --out "$here"/plane.png
$mdx plot deviations "$work"/kept/split_0/corrected.nxs "$work"/kept/split_1/corrected.nxs \
  --scale "$work"/kept/split_0/scales.nxs "$work"/kept/split_1/scales.nxs --merged "$work"/kept/merged.nxs --out "$work"/z.png
mv "$work"/z_1.png "$here"/deviations.png
rm -r "$work"
