namespace VideoGaze.Training.Data.Landmarks;

/// <summary>All pictures of a landmark training, labelled.</summary>
/// <param name="Rendered">Rendered people.</param>
/// <param name="Real">Real people, labelled by the teacher.</param>
/// <param name="Empty">Pictures in which nobody is.</param>
internal sealed record LandmarkSet(IReadOnlyList<LandmarkSample> Rendered, IReadOnlyList<LandmarkSample> Real, IReadOnlyList<LandmarkSample> Empty)
{
    /// <summary>Reads and labels everything.</summary>
    /// <param name="options">Names the files.</param>
    /// <param name="teacher">Labels meshes.</param>
    /// <param name="say">Told what happens; it can take minutes the first time.</param>
    /// <param name="bias">How truth and teacher differ on average.</param>
    public static LandmarkSet Load(LandmarkRecipeOptions options, MeshTeacher teacher, Action<string>? say, out TeacherBias bias)
    {
        List<LandmarkSample> rendered = [.. options.Labels.SelectMany(file => RenderedFaces.Load(file, teacher)).Select(sample => options.Registration ? sample : sample with { Registration = null })];
        TeacherBias measured = new(rendered);
        bias = measured;
        List<LandmarkSample> kept = [.. rendered.Select(measured.Corrected).Where(sample => sample.Mesh is not null)];
        List<LandmarkSample> real = [.. options.Real.SelectMany(set => RealFaces.Load(set, teacher)).Where(sample => sample.Mesh!.Score >= TeacherBias.Held)];
        if (options.Registration)
        {
            PersonShape shape = new(rendered.Where(sample => sample.Mesh is { Score: > TeacherBias.Trusted } && Math.Abs(sample.YawDegrees) < TeacherBias.FacingDegrees).Select(sample => sample.Mesh!));
            real = [.. real.GroupBy(sample => sample.Source).SelectMany(clip => clip.Zip(shape.Without([.. clip.Select(sample => sample.Mesh!)]), (sample, points) => sample with { Registration = points }))];
        }

        real = [.. real.Select(measured.Completed)];
        List<LandmarkSample> empty = [.. options.Empty.SelectMany(RealFaces.LoadEmpty)];
        say?.Invoke(FormattableString.Invariant($"{kept.Count} of {rendered.Count} rendered faces that the teacher holds, {real.Count} real ones, {empty.Count} pictures of nobody"));
        return new(kept, real, empty);
    }
}
