using System.Numerics;
using VideoGaze.Pipeline.Frames;

namespace VideoGaze.Stages.Report.Live;

/// <summary>One side's face as the gaze branch has it, for a picture of its eyes.</summary>
/// <param name="Crop">Of <see cref="Gaze.GazeCrop"/>. Belongs to the caller.</param>
/// <param name="Between">Middle between the eyes, crop pixels.</param>
/// <param name="Rotation">How the crop was turned when it was cut, radians clockwise on a screen.</param>
internal readonly record struct EyesView(PixelBuffer Crop, Vector2 Between, double Rotation);
