namespace VideoGaze.Training.Data;

/// <summary>The pictures of one step of the detector recipe and what should be answered.</summary>
/// <param name="Count">Pictures.</param>
/// <param name="Side">Their side; varies from step to step, so that no size of input is special.</param>
/// <param name="Planes">(N, 3, Side, Side), BGR in [0, 1].</param>
/// <param name="Targets">What each cell should answer, by the labels.</param>
/// <param name="Taught">What the teacher answers at each cell; null without one.</param>
internal sealed record DetectorBatch(int Count, int Side, float[] Planes, DetectorTargets Targets, float[]? Taught)
{
    // Clips are looked at with a longest side of 480, photos with 640.
    private static readonly int[] Sides = [192, 256, 352, 480, 640];

    // The side for which the options' batch size is meant; other sides take as many pictures as make the same number of pixels.
    private const int NominalSide = 256;

    /// <summary>Everything random follows from the seed and the step.</summary>
    public static DetectorBatch Draw(DetectorPictures pictures, DetectorTeacher? teacher, DetectorRecipeOptions options, int step)
    {
        Random random = StepRandom.Of(options.Seed, step, 0);
        int side = options.Side ?? Sides[random.Next(Sides.Length)];
        int count = Math.Max(2, options.BatchSize * NominalSide * NominalSide / (side * side)), area = 3 * side * side;
        if (options.Side is not null)
        {
            count = options.BatchSize;
        }

        var batch = new DetectorBatch(count, side, new float[count * area], new DetectorTargets(count, side), teacher is null ? null : new float[DetectorTeacher.Cells(count, side) * DetectorTeacher.Channels]);
        for (int i = 0; i < count; i++)
        {
            using DetectorCanvas canvas = DetectorCanvas.Draw(pictures, side, random, strange: teacher is not null);
            Pixels.ToPlanes(canvas.Picture, batch.Planes.AsSpan(i * area, area));
            if (teacher is null)
            {
                batch.Targets.Add(i, canvas.Faces);
            }
            else
            {
                teacher.Answer(batch.Planes.AsSpan(i * area, area), side, i, count, batch.Taught);
            }
        }

        return batch;
    }
}
