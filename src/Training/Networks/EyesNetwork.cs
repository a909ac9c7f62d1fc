using static TorchSharp.torch;

namespace VideoGaze.Training.Networks;

/// <summary>
/// The gaze network that ships. It looks at the two eyes of a face, each as a left eye (the right one is shown mirrored), so that one set of weights serves both and the answer to a
/// mirrored face is the mirrored answer by construction. Each eye is located by itself; what it says of the gaze also uses the other eye and the turn of the head.
/// </summary>
internal sealed class EyesNetwork : nn.Module<Tensor, Tensor, Tensor>
{
    /// <summary>Pixels of an eye picture: a strip of <see cref="Extent"/> corner distances in width.</summary>
    public const int Width = 64, Height = 48;

    /// <summary>Width of the eye picture in corner distances: lids and brow are in it also where the eye is a quarter of its width from where it was looked for.</summary>
    public const float Extent = 2.2f;

    /// <summary>
    /// Numbers an eye, in this order. 0, 1: yaw and pitch of its visual axis relative to the line of sight to it; 2, 3: the same of both eyes together; all radians, as a left eye.
    /// 4, 5: natural logarithm of the expected error of each, radians. 6 to 17: six points of the contour as in iBUG 42 to 47 (inner corner, upper lid, outer corner, lower lid), 18, 19: iris, each x, y in half
    /// widths of the picture from its middle. 20: lid distance over eye width. 21: openness, 0 shut, 1 at rest.
    /// </summary>
    public const int Outputs = 22, Own = 0, Both = 2, LogError = 4, Points = 6, PointNumbers = 14, Aperture = 20, Openness = 21;

    /// <summary>Keeps the contrast of a black picture finite; pictures are in [0, 1].</summary>
    public const float LeastContrast = 0.02f;

    private static readonly TorchSharp.Scalar LeastContrastScalar = LeastContrast;

    public EyesNetwork()
        : base("eyes")
    {
        RegisterComponents();
    }

    /// <summary>First layer, 24 x 32 places.</summary>
    public Convolution Down1 { get; } = new("down1", 3, 24, 5, 2);

    /// <summary>To 12 x 16.</summary>
    public Convolution Down2 { get; } = new("down2", 24, 32, 3, 2);

    /// <summary>At 12 x 16.</summary>
    public Residual Residual2 { get; } = new("residual2", 32);

    /// <summary>To 6 x 8.</summary>
    public Convolution Down3 { get; } = new("down3", 32, 64, 3, 2);

    /// <summary>At 6 x 8.</summary>
    public Residual Residual3 { get; } = new("residual3", 64);

    /// <summary>To 3 x 4.</summary>
    public Convolution Down4 { get; } = new("down4", 64, 96, 3, 2);

    /// <summary>What is known of one eye.</summary>
    public Dense Code { get; } = new("code", 96 * 3 * 4, 128);

    /// <summary>Both eyes and the head together.</summary>
    public Dense Mix { get; } = new("mix", 128 + 128 + 2, 96);

    /// <summary>Outputs 0 to 5.</summary>
    public Dense Gaze { get; } = new("gaze", 96, Points, gain: 0.1);

    /// <summary>Outputs 6 to 21.</summary>
    public Dense Place { get; } = new("place", 128, Outputs - Points, gain: 0.1);

    /// <summary>Measures N faces.</summary>
    /// <param name="eyes">(2N, 3, <see cref="Height"/>, <see cref="Width"/>), RGB in [0, 1]: row 2k is the left eye of face k, row 2k + 1 its right eye, mirrored.</param>
    /// <param name="heads">(2N, 2): yaw and pitch of the head relative to the line of sight in the picture's level, radians; of right eyes with the yaw's sign changed.</param>
    /// <returns>(2N, <see cref="Outputs"/>), 32 bit.</returns>
    public override Tensor forward(Tensor eyes, Tensor heads)
    {
        // Exposure and contrast are no news about where an eye looks.
        Tensor x = eyes.sub(eyes.mean([1, 2, 3], keepdim: true));
        x = x / (x * x).mean([1, 2, 3], keepdim: true).sqrt().Plus(LeastContrastScalar);
        x = Active(Down1.forward(x.to(TrunkType)));
        x = Residual2.forward(Active(Down2.forward(x)));
        x = Residual3.forward(Active(Down3.forward(x)));
        x = Active(Down4.forward(x)).to(float32);
        Tensor code = Active(Code.forward(x.flatten(1)));

        // Rows in pairs: each eye beside its other eye.
        Tensor other = code.reshape(-1, 2, 128).flip(1).reshape(-1, 128);
        Tensor gaze = Gaze.forward(Active(Mix.forward(cat([code, other, heads], 1))));
        return cat([gaze, Place.forward(code)], 1);
    }

    /// <summary>Type in which the convolutions compute; weights stay 32 bit.</summary>
    public ScalarType TrunkType { get; set; } = ScalarType.Float32;

    private static Tensor Active(Tensor x) => x.leaky_relu(Numbers.TenthSlope);
}
