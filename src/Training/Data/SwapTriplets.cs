using System.IO.MemoryMappedFiles;
using System.Numerics;
using System.Runtime.InteropServices;
using OpenCvSharp;
using VideoGaze.Faces.Failures;
using VideoGaze.Faces.Geometry;

namespace VideoGaze.Training.Data;

/// <summary>Which picture of a triplet.</summary>
internal enum SwapPlane
{
    /// <summary>The target person in the scene.</summary>
    Target = 0,

    /// <summary>The same moment with the source person's face.</summary>
    Swap = 1,

    /// <summary>The first of three photos of the source person.</summary>
    Source = 2,
}

/// <summary>One triplet in a <see cref="SwapTriplets"/>.</summary>
/// <param name="Number">Which record.</param>
/// <param name="Pair">Number of the two people, the same for all triplets that show them.</param>
/// <param name="TargetOpenness">Weight of the target's gaze in [0, 1]: 0 with shut eyes.</param>
/// <param name="SwapOpenness">The same of the swap.</param>
internal sealed record SwapTriplet(int Number, int Pair, float TargetOpenness, float SwapOpenness);

/// <summary>
/// The aligned crops of a folder of rendered swap triplets, cut once into one file and mapped into memory. Of each triplet: target, swap and three source photos
/// (BGR), then face mask and eyes-and-mouth mask of target and swap, and the photos' face masks. Beside it lie the meshes of the five pictures.
/// </summary>
internal sealed unsafe class SwapTriplets : IDisposable
{
    /// <summary>Side of the stored crops.</summary>
    public const int Side = 160;

    /// <summary>What they show, in sides of the crop that the network sees: room for random shift, turn and scale.</summary>
    public const double Reach = 1.25;

    /// <summary>Photos of the source person in each triplet.</summary>
    public const int Sources = 3;

    /// <summary>Pictures of a triplet.</summary>
    public const int Pictures = 2 + Sources;

    /// <summary>Bytes of a triplet.</summary>
    public const int RecordBytes = (Pictures * 3 * Area) + ((4 + Sources) * Area);

    /// <summary>Numbers of a triplet's meshes: x, y, z of each point of each picture, in pixels of its crop.</summary>
    public const int MeshNumbers = Pictures * FaceMesh.PointCount * 3;

    private const int Area = Side * Side;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;
    private readonly float[] _meshes;

    private SwapTriplets(string path, IReadOnlyList<SwapTriplet> all, float[] meshes)
    {
        All = all;
        _meshes = meshes;
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
        ByPair = all.GroupBy(triplet => triplet.Pair).ToDictionary(group => group.Key, group => (IReadOnlyList<SwapTriplet>)[.. group]);
    }

    /// <summary>Every triplet.</summary>
    public IReadOnlyList<SwapTriplet> All { get; }

    /// <summary>The triplets of the same two people.</summary>
    public IReadOnlyDictionary<int, IReadOnlyList<SwapTriplet>> ByPair { get; }

    /// <summary>Cuts what is not yet cut, and opens the result.</summary>
    /// <param name="folder">A data set of <c>videogaze perform --kind triplets</c>.</param>
    /// <param name="heldOut">The people kept from training instead of those to train on.</param>
    /// <param name="reader">Measures the meshes.</param>
    /// <exception cref="UserFacingException">It is no such data set, or one of its pictures cannot be read.</exception>
    public static SwapTriplets Open(string folder, bool heldOut, IMeshReader reader)
    {
        string name = heldOut ? "faces-heldout" : "faces";
        string labels = Path.Combine(folder, heldOut ? "labels-heldout.ndjson" : "labels.ndjson"), crops = Path.Combine(folder, name + ".bin");
        if (!File.Exists(labels))
        {
            throw new UserFacingException(FailureKind.InputMissing, $"{folder} is no set of swap triplets (no {Path.GetFileName(labels)}); make one with \"videogaze perform --dataset N --kind triplets\".");
        }

        var (all, meshes) = TripletCutter.Extend(folder, labels, crops, reader);
        return all.Count > 0 ? new(crops, all, meshes) : throw new UserFacingException(FailureKind.NoFace, $"{labels} lists no triplet.");
    }

    /// <summary>A picture, BGR; valid as long as the set is open.</summary>
    public Mat Picture(SwapTriplet triplet, SwapPlane plane, int source = 0) => View(triplet, ((int)plane + source) * 3 * Area, MatType.CV_8UC3);

    /// <summary>The mesh of a picture, in its pixels.</summary>
    public FaceMesh Mesh(SwapTriplet triplet, SwapPlane plane, int source = 0)
    {
        ReadOnlySpan<float> numbers = _meshes.AsSpan((triplet.Number * MeshNumbers) + (((int)plane + source) * FaceMesh.PointCount * 3), FaceMesh.PointCount * 3);
        return new([.. MemoryMarshal.Cast<float, Vector3>(numbers)], 1);
    }

    /// <summary>Where the face is, 255 inside; hair and what is held before the face are not it.</summary>
    public Mat Face(SwapTriplet triplet, SwapPlane plane, int source = 0) =>
        View(triplet, ((Pictures * 3) + (plane == SwapPlane.Source ? 4 + source : 2 * (int)plane)) * Area, MatType.CV_8UC1);

    /// <summary>Soft mask of eyes and lips, peak 255.</summary>
    /// <param name="triplet">The triplet.</param>
    /// <param name="plane">Target or swap.</param>
    public Mat EyesAndMouth(SwapTriplet triplet, SwapPlane plane) => View(triplet, ((Pictures * 3) + (2 * (int)plane) + 1) * Area, MatType.CV_8UC1);

    /// <inheritdoc/>
    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }

    private Mat View(SwapTriplet triplet, int offset, MatType type) =>
        Mat.FromPixelData(Side, Side, type, (nint)(_start + ((long)triplet.Number * RecordBytes) + offset));
}
