#!/usr/bin/env bash
# Draws result.png, the README's picture, from a run of the README's command: the frame before, the frame after, and the gaze of both over time.
# Needs gnuplot, jq and ImageMagick (apt-get install gnuplot-nox jq imagemagick) besides what ./videogaze needs.
# usage: docs/images/make-result.sh SOURCE OUTPUT REPORT SECONDS
set -euo pipefail
source="$1" output="$2" report="$3" seconds="$4"
here="$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

# The face of talk.mp4 with some room, as large as half the picture.
for side in "$source" "$output"; do
  ffmpeg -v error -y -ss "$seconds" -i "$side" -frames:v 1 -vf "crop=600:468:340:100" "$work/$(basename "$side").png"
done

for axis in yaw pitch; do
  jq -r "select(.type == \"frame\") | .time as \$t | .faces[] | [\$t, .source.$axis // \"NaN\", .output.$axis // \"NaN\"] | @tsv" "$report" >"$work/$axis.tsv"
  gnuplot <<PLOT
set terminal pngcairo size 600,330 font "DejaVu Sans,10"
set output "$work/$axis.png"
set key top center horizontal
set xlabel "time (s)"
set ylabel "$axis (degrees)"
set datafile missing "NaN"
set arrow from $seconds, graph 0 to $seconds, graph 1 nohead lc rgb "#999999" dt 2
plot "$work/$axis.tsv" using 1:2 with lines lw 1.5 lc rgb "#1f77b4" title "before", "" using 1:3 with lines lw 1.5 lc rgb "#d62728" title "after"
PLOT
done

convert \( "$work/$(basename "$source").png" "$work/$(basename "$output").png" +append \) \( "$work/yaw.png" "$work/pitch.png" +append \) -append "$here/result.png"
