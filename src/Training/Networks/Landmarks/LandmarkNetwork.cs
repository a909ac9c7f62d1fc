using VideoGaze.Training.Data.Landmarks;
using static TorchSharp.torch;

namespace VideoGaze.Training.Networks.Landmarks;

/// <summary>What the network says of a batch of crops.</summary>
/// <param name="Points">(N, 1570): mesh 478 x (x, y, z), then 68 x (x, y), in crop sides.</param>
/// <param name="State">(N, 3): openness of the image-left and the image-right eye (0 shut, 1 at rest), log-odds that a face is there.</param>
internal readonly record struct LandmarkOutput(Tensor Points, Tensor State);

/// <summary>
/// Points of the face in an upright crop: plain convolutions of stride 2 with bottleneck blocks between them, a dense code, and points as a sum of shapes. The
/// shapes begin as principal components of the training set, so that the first answers are faces already. A branch of its own looks at the eyes' rows of an early,
/// fine map and moves points by what it sees: an iris' way is small beside all that shapes must explain, and without the branch it was not learned (error 16 % of the
/// eye's width after 2700 steps). Another does the same for nose and mouth, in which people differ by little more than the points' error. 50 million multiplications.
/// </summary>
internal sealed class LandmarkNetwork : nn.Module<Tensor, LandmarkOutput>
{
    /// <summary>Side of the crop the network is fed with: MediaPipe's, so that both networks see the same pixels.</summary>
    public const int InputSide = 256;

    /// <summary>Side at which it looks: means of 2x2 pixels of the crop.</summary>
    public const int Side = 128;

    /// <summary>Shapes that points are summed of.</summary>
    public const int Shapes = 96;

    /// <summary>Rows of the 16x16 map that hold the eyes in all crops of the tracker: they are given to the code directly, because iris and lids need more detail than the 4x4 map has.</summary>
    public const int EyeRowFrom = 3, EyeRowTo = 9;

    /// <summary>Rows of the 32x32 map that the eyes' own branch looks at: from above the brows to the middle of the nose.</summary>
    public const int EyeBranchFrom = 7, EyeBranchTo = 19;

    /// <summary>Rows of the 32x32 map that the branch of nose and mouth looks at: from below the eyes to below the chin.</summary>
    public const int LowerBranchFrom = 15, LowerBranchTo = 29;

    private const int CodeLength = 192;

    public LandmarkNetwork()
        : base("landmarks")
    {
        Layers =
        [
            new Convolution("stem", 3, 16, 5, 2),       // 64
            new Convolution("down1", 16, 32, 3, 2),     // 32
            new Bottleneck("block1", 32),
            new Convolution("down2", 32, 64, 3, 2),     // 16
            new Bottleneck("block2a", 64),
            new Bottleneck("block2b", 64),
            new Convolution("down3", 64, 128, 3, 2),    // 8
            new Bottleneck("block3a", 128),
            new Bottleneck("block3b", 128),
            new Convolution("down4", 128, 128, 3, 2),   // 4
        ];
        for (int i = 0; i < Layers.Count; i++)
        {
            register_module(Layers[i].GetName(), Layers[i]);
        }

        Eyes = new("eyes", 64, 16, 1);
        FaceCode = new("faceCode", 128 * 4 * 4, CodeLength);
        EyeCode = new("eyeCode", 16 * (EyeRowTo - EyeRowFrom) * 16, CodeLength);
        Coefficients = new("coefficients", CodeLength, Shapes);
        ShapePoints = new("shapePoints", Shapes, LandmarkTargets.MeshNumbers + LandmarkTargets.LandmarkNumbers);
        State = new("state", CodeLength, 3, gain: 0.3);
        EyeBranch = new("eyeBranch", 32, EyeBranchFrom, EyeBranchTo, 96);
        EyeBranchState = new("eyeBranchState", 96, 3, gain: 0);
        LowerBranch = new("lowerBranch", 32, LowerBranchFrom, LowerBranchTo, 128);
        register_module("eyes", Eyes);
        register_module("faceCode", FaceCode);
        register_module("eyeCode", EyeCode);
        register_module("coefficients", Coefficients);
        register_module("shapePoints", ShapePoints);
        register_module("state", State);
        register_module("eyeBranch", EyeBranch);
        register_module("eyeBranchState", EyeBranchState);
        register_module("lowerBranch", LowerBranch);
    }

    /// <summary>From the picture to a 4x4 map, in order.</summary>
    public IReadOnlyList<nn.Module<Tensor, Tensor>> Layers { get; }

    /// <summary>Number of the layer behind which the eyes' rows are taken.</summary>
    public const int EyesAfter = 5;

    /// <summary>Number of the layer behind which the branches leave.</summary>
    public const int BranchesAfter = 2;

    /// <summary>Fewer channels of the eyes' rows.</summary>
    public Convolution Eyes { get; }

    /// <summary>4x4 map to code.</summary>
    public Dense FaceCode { get; }

    /// <summary>Eyes' rows to code.</summary>
    public Dense EyeCode { get; }

    /// <summary>Code to how much of each shape.</summary>
    public Dense Coefficients { get; }

    /// <summary>Shapes to points.</summary>
    public Dense ShapePoints { get; }

    /// <summary>Code to openness and presence.</summary>
    public Dense State { get; }

    /// <summary>What is seen of the eyes on the finer map.</summary>
    public RegionBranch EyeBranch { get; }

    /// <summary>What the eyes' branch adds to openness and presence; begins at nothing.</summary>
    public Dense EyeBranchState { get; }

    /// <summary>What is seen of nose and mouth on the finer map.</summary>
    public RegionBranch LowerBranch { get; }

    /// <inheritdoc/>
    /// <param name="crop">(N, 3, 128, 128), RGB in [0, 1]; bfloat16 for mixed precision. Dense layers run in 32 bit.</param>
    public override LandmarkOutput forward(Tensor crop)
    {
        Tensor x = crop.sub(Numbers.Half), eyes = x, eyeBranch = x, lowerBranch = x;
        for (int i = 0; i < Layers.Count; i++)
        {
            x = Layers[i] is Bottleneck ? Layers[i].forward(x) : Layers[i].forward(x).leaky_relu(Numbers.TenthSlope);
            if (i == BranchesAfter)
            {
                (eyeBranch, lowerBranch) = (EyeBranch.forward(x), LowerBranch.forward(x));
            }

            if (i == EyesAfter)
            {
                eyes = Eyes.forward(x.narrow(2, EyeRowFrom, EyeRowTo - EyeRowFrom)).leaky_relu(Numbers.TenthSlope);
            }
        }

        Tensor code = FaceCode.forward(Flat(x)).Plus(EyeCode.forward(Flat(eyes))).leaky_relu(Numbers.TenthSlope);
        return new(
            ShapePoints.forward(Coefficients.forward(code)).Plus(EyeBranch.Points.forward(eyeBranch)).Plus(LowerBranch.Points.forward(lowerBranch)),
            State.forward(code).Plus(EyeBranchState.forward(eyeBranch)));
    }

    /// <summary>Starts the shapes as principal components.</summary>
    /// <param name="examples">(M, 1570), points of training crops; M of 200 or more.</param>
    public void StartFrom(Tensor examples)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        Tensor mean = examples.mean([0]);
        Tensor centred = examples.sub(mean);
        (_, Tensor values, Tensor axes) = linalg.svd(centred, fullMatrices: false);
        int count = (int)Math.Min(Shapes, values.shape[0]);

        // A coefficient of one standard deviation moves points by one standard deviation of that shape.
        Tensor scaled = axes.narrow(0, 0, count) * values.narrow(0, 0, count).Times(1 / Math.Sqrt(examples.shape[0])).unsqueeze(1);
        ShapePoints.Weight.zero_();
        ShapePoints.Weight.narrow(1, 0, count).copy_(scaled.t());
        ShapePoints.Bias.copy_(mean);
    }

    private static Tensor Flat(Tensor map) => map.to(float32).contiguous().flatten(1);
}
