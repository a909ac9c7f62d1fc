using OpenCvSharp;

namespace VideoGaze.Training.Data;

/// <summary>
/// Makes faces of people who do not exist out of two that do, so that a teacher can be asked about more people than there are pictures of: what it says of them shows its function
/// between its few examples (Beyer et al. 2022, "A good teacher is patient and consistent", on asking a teacher about mixed pictures). The face comes out as a picture, not as a person: only a teacher can say who it is.
/// </summary>
internal static class ImaginaryFace
{
    // Cells of the coarse fields: about the size of a face's parts.
    private const int Cells = 5;

    // Of the template's side of 112: longer or shorter noses and chins, eyes wider apart.
    private const double LargestMove = 5;

    /// <summary>A face between two, or with parts of both, often stretched; the caller's.</summary>
    /// <param name="one">BGR, 8 bit, aligned.</param>
    /// <param name="other">The same size.</param>
    /// <param name="random">Decides.</param>
    public static Mat Of(Mat one, Mat other, Random random)
    {
        var face = new Mat();
        if (random.Next(2) == 0)
        {
            double share = 0.3 + (0.4 * random.NextDouble());
            Cv2.AddWeighted(one, share, other, 1 - share, 0, face);
        }
        else
        {
            using Mat field = Field(one.Size(), -2, 3, random), firstShare = new(), secondShare = new();
            Cv2.Max(field, 0, firstShare);
            Cv2.Min(firstShare, 1, firstShare);
            Cv2.Subtract(Scalar.All(1), firstShare, secondShare);
            Cv2.BlendLinear(one, other, firstShare, secondShare, face);
        }

        if (random.Next(2) == 0)
        {
            using Mat acrossMove = Field(one.Size(), -LargestMove, LargestMove, random), downMove = Field(one.Size(), -LargestMove, LargestMove, random);
            using Mat across = Coordinates(one.Size(), column: true), down = Coordinates(one.Size(), column: false);
            Cv2.Add(across, acrossMove, across);
            Cv2.Add(down, downMove, down);
            Cv2.Remap(face, face, across, down, InterpolationFlags.Linear, BorderTypes.Replicate);
        }

        return face;
    }

    /// <summary>A smooth field of random values.</summary>
    private static Mat Field(Size size, double low, double high, Random random)
    {
        using var coarse = new Mat(Cells, Cells, MatType.CV_32FC1);
        for (int row = 0; row < Cells; row++)
        {
            for (int column = 0; column < Cells; column++)
            {
                coarse.Set(row, column, (float)(low + ((high - low) * random.NextDouble())));
            }
        }

        var fine = new Mat();
        Cv2.Resize(coarse, fine, size, interpolation: InterpolationFlags.Linear);
        return fine;
    }

    private static Mat Coordinates(Size size, bool column)
    {
        using Mat line = column ? new Mat(1, size.Width, MatType.CV_32FC1) : new Mat(size.Height, 1, MatType.CV_32FC1);
        for (int i = 0; i < (column ? size.Width : size.Height); i++)
        {
            line.Set(column ? 0 : i, column ? i : 0, (float)i);
        }

        var all = new Mat();
        Cv2.Repeat(line, column ? size.Height : 1, column ? 1 : size.Width, all);
        return all;
    }
}
