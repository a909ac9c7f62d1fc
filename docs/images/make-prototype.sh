#!/usr/bin/env bash
# Draws prototype.jpg: two people of the cast as the Python and C prototype draws them (left of each pair) and as this renderer does (right).
# Same pose, gaze, camera and light; 512 px, one picture each. Needs the prototype, its asset pack (VIDEOGAZE_PERFORMERS), python3 with numpy,
# scipy and OpenCV, gcc, ImageMagick, and the built tests of the performers.
# usage: docs/images/make-prototype.sh PROTOTYPE_FOLDER
set -euo pipefail
prototype="$(readlink -f -- "$1")"
here="$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

# The pose, camera and light of PictureTests.Faces_look_like_those_of_an_independent_renderer.
PERFORMERS_LIB="$work/librast.so" PERFORMERS_ASSETS="${VIDEOGAZE_PERFORMERS:?}" PYTHONDONTWRITEBYTECODE=1 PYTHONPATH="$prototype" "${PYTHON:-python3}" - "$work" <<'PY'
import sys
from director import *
from cast import CAST
side, focal = 512, 1504.
for name in ('A', 'H'):
    person = make(CAST[name])
    pose(person, dict(head=(10, 0, 0), cam_t=(0, 0, 88)), np.array([[5, -3], [5, -3.]]), {}, 0.)
    drawn = layer(person, side, side, (focal, focal, side / 2, side / 2), ENVS[0])
    cv2.imwrite(f'{sys.argv[1]}/{name}-prototype.png', compose([drawn], np.full((side, side, 3), .5), np.random.default_rng(0), noise=0, blur=0))
PY
VIDEOGAZE_PICTURES="$work" dotnet "$here/../../tests/Performers.Tests/bin/Release/net10.0/VideoGaze.Performers.Tests.dll" --filter-method '*Faces_look_like_those_of_an_independent_renderer' >/dev/null
montage "$work"/A-prototype.png "$work"/A-videogaze.png "$work"/H-prototype.png "$work"/H-videogaze.png \
  -tile 2x2 -geometry 400x400+2+2 -quality 85 "$here/prototype.jpg"
