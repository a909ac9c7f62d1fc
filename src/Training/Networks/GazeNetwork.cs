using static TorchSharp.torch;

namespace VideoGaze.Training.Networks;

/// <summary>
/// The small network behind the gaze loss: yaw and pitch of a dfl_whole_face crop, differentiable down to the crop's pixels.
/// It sees the eyes at fixed place and size (so the loss needs no detector) and, coarsely, the whole face for the pose of the head.
/// It is frozen while a generator trains and is never the network that reports.
/// </summary>
internal sealed class GazeNetwork : nn.Module<Tensor, Tensor>
{
    // Boxes in crop units. Template eyes lie at (.353,.393) and (.628,.393); an eye is about .10 wide (facts of the template),
    // so the strip holds both eyes, lids and brows with the slack that head turns need; the face box is the mesh's average extent.
    private static readonly CropBox EyeBox = new(0.20f, 0.28f, 0.80f, 0.50f, 40, 112);
    private static readonly CropBox FaceBox = new(0.08f, 0.18f, 0.92f, 0.90f, 40, 48);

    private readonly Convolution _eye1 = new("eye1", 3, 16, 5, 2);
    private readonly Convolution _eye2 = new("eye2", 16, 32, 3, 2);
    private readonly Convolution _eye3 = new("eye3", 32, 48, 3, 2);
    private readonly Convolution _eye4 = new("eye4", 48, 48, 3);
    private readonly Dense _eyeCode = new("eyeCode", 48 * 5 * 14, 64);
    private readonly Convolution _face1 = new("face1", 3, 12, 5, 2);
    private readonly Convolution _face2 = new("face2", 12, 24, 3, 2);
    private readonly Convolution _face3 = new("face3", 24, 32, 3, 2);
    private readonly Dense _faceCode = new("faceCode", 32 * 5 * 6, 48);
    private readonly Dense _mix = new("mix", 64 + 48, 64);
    private readonly Dense _angles = new("angles", 64, 2, gain: 0.1);

    public GazeNetwork()
        : base("gaze") => RegisterComponents();

    /// <summary>Yaw and pitch, radians, relative to the line of sight to the face, axes as in GazeAngles.</summary>
    /// <param name="crop">(N, 3, R, R), BGR in [0, 1]; R of 96 or more.</param>
    /// <returns>(N, 2).</returns>
    public override Tensor forward(Tensor crop)
    {
        Tensor eyes = EyeBox.Resample(crop).sub(Numbers.Half);
        Tensor face = FaceBox.Resample(crop).sub(Numbers.Half);
        foreach (Convolution layer in new[] { _eye1, _eye2, _eye3, _eye4 })
        {
            eyes = Active(layer.forward(eyes));
        }

        foreach (Convolution layer in new[] { _face1, _face2, _face3 })
        {
            face = Active(layer.forward(face));
        }

        Tensor code = cat([Active(_eyeCode.forward(eyes.flatten(1))), Active(_faceCode.forward(face.flatten(1)))], 1);
        return _angles.forward(Active(_mix.forward(code)));
    }

    /// <summary>Unit vectors of yaw and pitch in the camera frame (x right, y down, z away): (N, 2) to (N, 3).</summary>
    public static Tensor Directions(Tensor angles)
    {
        Tensor yaw = angles.select(1, 0), pitch = angles.select(1, 1);
        return stack([yaw.sin() * pitch.cos(), pitch.sin().neg(), (yaw.cos() * pitch.cos()).neg()], 1);
    }

    /// <summary>Takes the weights out of training: no gradient is kept for them, though one flows through them to the crop.</summary>
    public void Freeze()
    {
        eval();
        foreach (var parameter in parameters())
        {
            parameter.requires_grad = false;
        }
    }

    private static Tensor Active(Tensor x) => x.leaky_relu(Numbers.TenthSlope);
}
