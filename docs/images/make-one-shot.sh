#!/usr/bin/env bash
# Draws one-shot.jpg: photos of a person, frames of the sample, the swap from the photos, the true swap. A row a frame; the second one is a blink.
# Needs ImageMagick (apt-get install imagemagick) besides what ./videogaze needs.
# usage: docs/images/make-one-shot.sh SWAP, the result of
#   ./videogaze process sample-videos/talk.mp4 --identity sample-videos/identities/B --generator swap.onnx -o SWAP
set -euo pipefail
swap="$1"
here="$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")"
samples="$here/../../sample-videos"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

photos=(07 03 11) frames=(99 141 33)
for row in 0 1 2; do
  convert "$samples/identities/B/${photos[row]}.jpg" -resize 300x300^ -gravity north -extent 300x300 "$work/$row-0.png"
  column=1
  for clip in "$samples/talk.mp4" "$swap" "$samples/talk.swapped-truth.mp4"; do
    # The head of talk.mp4 with some room.
    ffmpeg -v error -y -i "$clip" -vf "select=eq(n\,${frames[row]}),crop=440:440:462:60,scale=300:300:flags=area" -frames:v 1 "$work/$row-$column.png"
    column=$((column + 1))
  done
done

montage "$work"/[0-2]-[0-3].png -tile 4x3 -geometry 300x300+2+2 -quality 88 "$here/one-shot.jpg"
