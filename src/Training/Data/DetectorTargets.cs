using VideoGaze.Faces.Geometry;
using VideoGaze.Training.Networks;

namespace VideoGaze.Training.Data;

/// <summary>What each cell of a batch should answer. Cells run stride after stride, picture after picture, row after row: the order in which the loss lays the outputs side by side.</summary>
internal sealed class DetectorTargets
{
    // Smallest and largest face (root of the area, input pixels) of each stride. They overlap, so that a face between two sizes is nobody's sharp edge.
    private static readonly (double Least, double Most)[] Sizes = [(0, 56), (36, 136), (88, double.MaxValue)];

    private readonly int side;
    private readonly int pictures;
    private readonly float[] areaOfOwner;

    /// <summary>Background everywhere.</summary>
    public DetectorTargets(int pictures, int side)
    {
        (this.pictures, this.side) = (pictures, side);
        int cells = DetectorNetwork.Strides.Sum(stride => side / stride * (side / stride)) * pictures;
        Face = new float[cells];
        Counts = new float[cells];
        Array.Fill(Counts, 1);
        areaOfOwner = new float[cells];
    }

    /// <summary>1 where a face is to be answered.</summary>
    public float[] Face { get; }

    /// <summary>0 where no answer is wrong.</summary>
    public float[] Counts { get; }

    /// <summary>Cell of each answer, with what it should be: [column, row, stride, centre x, centre y, width, height, five points], input pixels.</summary>
    public SortedDictionary<int, float[]> Answers { get; } = [];

    /// <summary>Enters the faces of one picture.</summary>
    public void Add(int picture, IReadOnlyList<KnownFace> faces)
    {
        int before = 0;
        for (int level = 0; level < DetectorNetwork.Strides.Length; level++)
        {
            int stride = DetectorNetwork.Strides[level], columns = side / stride;
            foreach (KnownFace face in faces)
            {
                Enter(face, before + (picture * columns * columns), columns, stride, Sizes[level]);
            }

            before += pictures * columns * columns;
        }
    }

    private void Enter(KnownFace face, int firstCell, int columns, int stride, (double Least, double Most) sizes)
    {
        FaceBox box = face.Box;
        double size = Math.Sqrt(box.Area);
        bool answered = face.Certain && size >= sizes.Least && size <= sizes.Most;
        double centreX = box.X + (box.Width / 2), centreY = box.Y + (box.Height / 2);

        // Answers come from around the centre; further out inside the box either answer will do. A doubtful face is left alone whole.
        double quiet = face.Certain ? 0.3 : 0.5;
        double reachX = Math.Max(0.15 * box.Width, 0.75 * stride), reachY = Math.Max(0.15 * box.Height, 0.75 * stride);
        int left = Math.Max(0, (int)((box.X - stride) / stride)), right = Math.Min(columns - 1, (int)((box.X + box.Width + stride) / stride));
        int top = Math.Max(0, (int)((box.Y - stride) / stride)), bottom = Math.Min(columns - 1, (int)((box.Y + box.Height + stride) / stride));
        for (int row = top; row <= bottom; row++)
        {
            for (int column = left; column <= right; column++)
            {
                double x = Math.Abs(((column + 0.5) * stride) - centreX), y = Math.Abs(((row + 0.5) * stride) - centreY);
                int cell = firstCell + (row * columns) + column;
                if (answered && x <= reachX && y <= reachY)
                {
                    Answer(cell, face, column, row, stride);
                }
                else if ((answered || !face.Certain) && x <= quiet * box.Width && y <= quiet * box.Height && Face[cell] == 0)
                {
                    Counts[cell] = 0;
                }
            }
        }
    }

    /// <summary>Where two faces claim a cell, the smaller has fewer others.</summary>
    private void Answer(int cell, KnownFace face, int column, int row, int stride)
    {
        if (Face[cell] > 0 && areaOfOwner[cell] <= face.Box.Area)
        {
            return;
        }

        (Face[cell], Counts[cell], areaOfOwner[cell]) = (1, 1, face.Box.Area);
        FaceBox box = face.Box;
        float[] answer = [column, row, stride, box.X + (box.Width / 2), box.Y + (box.Height / 2), box.Width, box.Height, .. face.Points.SelectMany(point => new[] { point.X, point.Y })];
        Answers[cell] = answer;
    }
}
