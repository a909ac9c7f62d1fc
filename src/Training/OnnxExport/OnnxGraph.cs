using System.Runtime.InteropServices;
using VideoGaze.Training.Checkpoints;
using VideoGaze.Training.Networks;
using static TorchSharp.torch;

namespace VideoGaze.Training.OnnxExport;

/// <summary>
/// An ONNX model under construction: one method an operator, each returns the name of its result. Field numbers are those of onnx.proto3
/// (ModelProto, GraphProto, NodeProto, AttributeProto, TensorProto, ValueInfoProto).
/// </summary>
/// <param name="halfWeights">Store weights in 16-bit floats with a cast behind each: half the file; runtimes fold the casts when they load it.</param>
internal sealed class OnnxGraph(bool halfWeights)
{
    /// <summary>What the names of all trained tensors in a file begin with.</summary>
    public const string WeightsStem = "weights";

    /// <summary>Element types, of TensorProto.DataType.</summary>
    public const int FloatType = 1, LongType = 7, HalfType = 10;

    /// <summary>The first operator set that has GridSample.</summary>
    public const int OperatorsWithGridSample = 16;

    private readonly ProtoMessage _graph = new();
    private int _names;

    /// <summary>Declares a 32-bit float input; a size of 0 or less is left open.</summary>
    public string Input(string name, params long[] shape)
    {
        _graph.Message(11, ValueInfo(name, shape));
        return name;
    }

    /// <summary>Gives a result its name in the file and declares it an output.</summary>
    public void Output(string value, string name, params long[] shape)
    {
        Node("Identity", [value], name);
        _graph.Message(12, ValueInfo(name, shape));
    }

    /// <summary>"Same" padded convolution.</summary>
    public string Conv(string x, Convolution layer) => Conv(x, layer.Weight, layer.Bias, layer.Kernel, layer.Stride);

    /// <summary>"Same" padded convolution by weights that are no whole layer's.</summary>
    public string Conv(string x, Tensor weight, Tensor bias, int kernel, int stride) => Node(
        "Conv",
        [x, Weights(weight), Weights(bias)],
        attributes: [Longs("kernel_shape", kernel, kernel), Longs("strides", stride, stride), Longs("pads", [.. Enumerable.Repeat((long)(kernel / 2), 4)])]);

    /// <summary>Convolution, normalisation and activation as one convolution; with a factor on the weights where the file's input has another unit than the network's.</summary>
    public string Conv(string x, ConvolutionUnit layer, double inputScale = 1)
    {
        using var scope = NewDisposeScope();
        var (weight, bias) = layer.Folded();
        string y = Node(
            "Conv",
            [x, Weights(inputScale == 1 ? weight : weight.Times(inputScale)), Weights(bias)],
            attributes:
            [
                Longs("kernel_shape", layer.Kernel, layer.Kernel), Longs("strides", layer.Stride, layer.Stride), Longs("pads", [.. Enumerable.Repeat((long)layer.Padding, 4)]), Long("group", layer.Groups),
            ]);
        return layer.Activation == Activation.Relu ? Node("Relu", [y]) : y;
    }

    /// <summary>Every value four times: nearest neighbour at twice the size.</summary>
    public string Double(string x)
    {
        string scales = NewName("scales"), regions = NewName("regions");
        _graph.Message(5, TensorOf(scales, FloatType, [4], MemoryMarshal.AsBytes([1f, 1f, 2f, 2f])));

        // Regions of interest belong to another mode, but this operator set wants them to be there.
        _graph.Message(5, TensorOf(regions, FloatType, [0], []));
        return Node("Resize", [x, regions, scales], attributes: [Word("mode", "nearest"), Word("coordinate_transformation_mode", "asymmetric"), Word("nearest_mode", "floor")]);
    }

    /// <summary>A whole number of times the size, linear between pixel centres.</summary>
    public string Enlarge(string x, int times)
    {
        string scales = NewName("scales"), regions = NewName("regions");
        _graph.Message(5, TensorOf(scales, FloatType, [4], MemoryMarshal.AsBytes([1f, 1f, times, times])));
        _graph.Message(5, TensorOf(regions, FloatType, [0], []));
        return Node("Resize", [x, regions, scales], attributes: [Word("mode", "linear"), Word("coordinate_transformation_mode", "half_pixel")]);
    }

    /// <summary>Mean along dimensions, which stay with a side of 1.</summary>
    public string Mean(string x, params long[] axes) => Node("ReduceMean", [x], attributes: [Longs("axes", axes), Long("keepdims", 1)]);

    /// <summary>Difference.</summary>
    public string Subtract(string a, string b) => Node("Sub", [a, b]);

    /// <summary>Quotient.</summary>
    public string Divide(string a, string b) => Node("Div", [a, b]);

    /// <summary>What is below the least becomes that, what is above the most becomes that.</summary>
    public string Clip(string x, float least, float most) => Node("Clip", [x, Scalar(least), Scalar(most)]);

    /// <summary>Of the last of three dimensions, from one place up to another, not included.</summary>
    public string Last(string x, long from, long to) => Node("Slice", [x, Constant("from", from), Constant("to", to), Constant("axis", 2)]);

    /// <summary>Over the root of the sum of squares along dimension 1.</summary>
    public string UnitLength(string x) => Node("LpNormalization", [x], attributes: [Long("axis", 1), Long("p", 2)]);

    /// <summary>Fully connected.</summary>
    public string Gemm(string x, Dense layer) => Node("Gemm", [x, Weights(layer.Weight), Weights(layer.Bias)], attributes: [Long("transB", 1)]);

    /// <summary>Every value to a power.</summary>
    public string Power(string x, float exponent)
    {
        string name = NewName("exponent");
        _graph.Message(5, TensorOf(name, FloatType, [1], MemoryMarshal.AsBytes([exponent])));
        return Node("Pow", [x, name]);
    }

    /// <summary>Leaky ReLU.</summary>
    public string LeakyRelu(string x, float slope) => Node("LeakyRelu", [x], attributes: [new ProtoMessage().Text(1, "alpha").Float(2, slope).Integer(20, 1)]);

    /// <summary>Groups of side x side channels to as many pixels in PyTorch's order (pixel_shuffle), which ONNX calls CRD.</summary>
    public string PixelShuffle(string x, int side = 2) => Node("DepthToSpace", [x], attributes: [Long("blocksize", side), Word("mode", "CRD")]);

    /// <summary>Means of 2x2 pixels.</summary>
    public string Halve(string x) => Pool(x, 2);

    /// <summary>Means of squares of pixels.</summary>
    public string Pool(string x, int side) => Node("AveragePool", [x], attributes: [Longs("kernel_shape", side, side), Longs("strides", side, side)]);

    /// <summary>Reorders dimensions.</summary>
    public string Transpose(string x, params long[] order) => Node("Transpose", [x], attributes: [Longs("perm", order)]);

    /// <summary>Changes the shape.</summary>
    public string Reshape(string x, params long[] shape)
    {
        string name = NewName("shape");
        _graph.Message(5, TensorOf(name, LongType, [shape.Length], MemoryMarshal.AsBytes(shape.AsSpan())));
        return Node("Reshape", [x, name]);
    }

    /// <summary>x over the root of (mean square along dimension 1 + epsilon).</summary>
    public string UnitMeanSquare(string x, float epsilon)
    {
        string mean = Node("ReduceMean", [Node("Mul", [x, x])], attributes: [Longs("axes", 1), Long("keepdims", 1)]);
        string name = NewName("epsilon");
        _graph.Message(5, TensorOf(name, FloatType, [1], MemoryMarshal.AsBytes([epsilon])));
        return Node("Div", [x, Node("Sqrt", [Node("Add", [mean, name])])]);
    }

    /// <summary>Each row of the first dimension less its mean, over (the root of its mean square then + least).</summary>
    public string Standardise(string x, float least, params long[] axes)
    {
        string Mean(string of) => Node("ReduceMean", [of], attributes: [Longs("axes", axes), Long("keepdims", 1)]);
        string centred = Node("Sub", [x, Mean(x)]);
        string name = NewName("least");
        _graph.Message(5, TensorOf(name, FloatType, [1], MemoryMarshal.AsBytes([least])));
        return Node("Div", [centred, Node("Add", [Node("Sqrt", [Mean(Node("Mul", [centred, centred]))]), name])]);
    }

    /// <summary>Rows of the first dimension in another order.</summary>
    public string Rows(string x, params long[] order)
    {
        string name = NewName("rows");
        _graph.Message(5, TensorOf(name, LongType, [order.Length], MemoryMarshal.AsBytes(order.AsSpan())));
        return Node("Gather", [x, name], attributes: [Long("axis", 0)]);
    }

    /// <summary>Joins along channels.</summary>
    public string Concat(string a, string b) => Node("Concat", [a, b], attributes: [Long("axis", 1)]);

    /// <summary>A part of one dimension, from an index up to another that is not included.</summary>
    public string Part(string x, int axis, int from, int to)
    {
        string[] numbers = Array.ConvertAll([from, to, axis], Index);
        return Node("Slice", [x, .. numbers]);

        string Index(int value)
        {
            string name = NewName("index");
            _graph.Message(5, TensorOf(name, LongType, [1], MemoryMarshal.AsBytes([(long)value])));
            return name;
        }
    }

    /// <summary>Adds the same number everywhere.</summary>
    public string Offset(string x, float number)
    {
        string name = NewName("offset");
        _graph.Message(5, TensorOf(name, FloatType, [1], MemoryMarshal.AsBytes([number])));
        return Node("Add", [x, name]);
    }

    /// <summary>Sum.</summary>
    public string Add(string a, string b) => Node("Add", [a, b]);

    /// <summary>Product; sides of 1 are repeated.</summary>
    public string Multiply(string a, string b) => Node("Mul", [a, b]);

    /// <summary>Adds a number.</summary>
    public string Shift(string x, float number) => Node("Add", [x, Scalar(number)]);

    /// <summary>What is below 0 becomes 0, what is above 1 becomes 1.</summary>
    public string ClipToUnit(string x) => Node("Clip", [x, Scalar(0), Scalar(1)]);

    /// <summary>Logistic function.</summary>
    public string Sigmoid(string x) => Node("Sigmoid", [x]);

    /// <summary>Hyperbolic tangent.</summary>
    public string Tanh(string x) => Node("Tanh", [x]);

    /// <summary>Times a number.</summary>
    public string Scale(string x, float factor) => Node("Mul", [x, Scalar(factor)]);

    /// <summary>Numbers that are no weights, always in 32 bit.</summary>
    public string Fixed(Tensor numbers) => Exact(numbers);

    /// <summary>Pixels from elsewhere, linear between centres, the border repeated; needs <see cref="OperatorsWithGridSample"/>.</summary>
    /// <param name="x">1 x C x H x W.</param>
    /// <param name="places">1 x H x W x 2: x and y in half sides from the middle.</param>
    public string GridSample(string x, string places) => Node("GridSample", [x, places], attributes: [Word("mode", "bilinear"), Word("padding_mode", "border"), Long("align_corners", 0)]);

    /// <summary>The whole file, IR version 7 (8 from operator set 15 on).</summary>
    /// <param name="name">Of the graph.</param>
    /// <param name="metadata">Entries of the file.</param>
    /// <param name="operators">The operator set: 12, which the oldest runtimes of public tools read, unless an operator needs another.</param>
    public byte[] ToModel(string name, IReadOnlyDictionary<string, string> metadata, int operators = 12)
    {
        _graph.Text(2, name);
        var model = new ProtoMessage().Integer(1, operators < 15 ? 7 : 8).Text(2, "videogaze").Message(7, _graph).Message(8, new ProtoMessage().Text(1, string.Empty).Integer(2, operators));
        foreach (var (key, value) in metadata)
        {
            model.Message(14, new ProtoMessage().Text(1, key).Text(2, value));
        }

        return model.ToArray();
    }

    private string Node(string operation, string[] inputs, string? output = null, ProtoMessage[]? attributes = null)
    {
        string result = output ?? NewName(operation);
        var node = new ProtoMessage();
        foreach (string input in inputs)
        {
            node.Text(1, input);
        }

        node.Text(2, result).Text(3, "node." + result).Text(4, operation);
        foreach (ProtoMessage attribute in attributes ?? [])
        {
            node.Message(5, attribute);
        }

        _graph.Message(1, node);
        return result;
    }

    private string Exact(Tensor numbers)
    {
        string name = NewName("exact");
        _graph.Message(5, TensorOf(name, FloatType, numbers.shape, MemoryMarshal.AsBytes(TensorFile.Numbers(numbers).AsSpan())));
        return name;
    }

    private string Scalar(float value)
    {
        string name = NewName("number");
        _graph.Message(5, TensorOf(name, FloatType, [], MemoryMarshal.AsBytes([value])));
        return name;
    }

    private string Weights(Tensor weights)
    {
        string name = NewName(WeightsStem);
        float[] numbers = TensorFile.Numbers(weights);
        if (!halfWeights)
        {
            _graph.Message(5, TensorOf(name, FloatType, weights.shape, MemoryMarshal.AsBytes(numbers.AsSpan())));
            return name;
        }

        Half[] halves = Array.ConvertAll(numbers, number => (Half)number);
        _graph.Message(5, TensorOf(name, HalfType, weights.shape, MemoryMarshal.AsBytes(halves.AsSpan())));
        return Node("Cast", [name], attributes: [Long("to", FloatType)]);
    }

    private string Constant(string stem, long value)
    {
        string name = NewName(stem);
        _graph.Message(5, TensorOf(name, LongType, [1], MemoryMarshal.AsBytes([value])));
        return name;
    }

    private string NewName(string stem) => FormattableString.Invariant($"{stem}_{_names++}");

    private static ProtoMessage TensorOf(string name, int type, long[] shape, ReadOnlySpan<byte> raw)
    {
        var tensor = new ProtoMessage();
        foreach (long side in shape)
        {
            tensor.Integer(1, side);
        }

        return tensor.Integer(2, type).Text(8, name).Bytes(9, raw);
    }

    private static ProtoMessage ValueInfo(string name, long[] shape)
    {
        var sides = new ProtoMessage();
        int free = 0;
        foreach (long side in shape)
        {
            sides.Message(1, side > 0 ? new ProtoMessage().Integer(1, side) : new ProtoMessage().Text(2, FormattableString.Invariant($"{name}_{free++}")));
        }

        return new ProtoMessage().Text(1, name).Message(2, new ProtoMessage().Message(1, new ProtoMessage().Integer(1, FloatType).Message(2, sides)));
    }

    private static ProtoMessage Word(string name, string value) => new ProtoMessage().Text(1, name).Text(4, value).Integer(20, 3);

    private static ProtoMessage Long(string name, long value) => new ProtoMessage().Text(1, name).Integer(3, value).Integer(20, 2);

    private static ProtoMessage Longs(string name, params long[] values)
    {
        var attribute = new ProtoMessage().Text(1, name);
        foreach (long value in values)
        {
            attribute.Integer(8, value);
        }

        return attribute.Integer(20, 7);
    }
}
