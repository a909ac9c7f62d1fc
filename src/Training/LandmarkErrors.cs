using System.Globalization;

namespace VideoGaze.Training;

/// <summary>Errors on a group of pictures.</summary>
/// <param name="Kind">Kind of group: <see cref="Whole"/>, <see cref="RealSource"/>, or what rendered people are grouped by.</param>
/// <param name="Group">Which pictures.</param>
/// <param name="Pictures">How many.</param>
/// <param name="Landmarks">Median over pictures of the mean error of the 68 points (rendered: of the <c>landmarks</c> output against truth; real: of the mesh against the teacher's), share of the distance of the outer eye corners.</param>
/// <param name="LandmarksP95">Its 95th percentile.</param>
/// <param name="Iris">Median error of the iris centres over the eye's width, eyes open.</param>
/// <param name="Openness">Mean absolute error of the openness.</param>
/// <param name="Found">Share of faces whose presence is above a half.</param>
public sealed record LandmarkErrors(string Kind, string Group, int Pictures, double Landmarks, double LandmarksP95, double Iris, double Openness, double Found)
{
    /// <summary>All pictures of a sort.</summary>
    public const string Whole = "whole";

    /// <summary>The pictures of one clip or photo set.</summary>
    public const string RealSource = "real source";

    /// <summary>As a sentence.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Group} ({Pictures}): points {Landmarks:0.0%} (p95 {LandmarksP95:0.0%}) of the eye distance, iris {Iris:0.0%} of the eye width, openness {Openness:0.000}, found {Found:0.0%}");
}

/// <summary>What a finished run found out.</summary>
/// <param name="Errors">By group; the first of each kind is the whole.</param>
public sealed record LandmarkRecipeResult(IReadOnlyList<LandmarkErrors> Errors)
{
    /// <summary>Largest difference of any output value between the exported file in ONNX Runtime and the network in TorchSharp.</summary>
    public double ExportDifference { get; init; }
}
