using System.Buffers.Binary;
using System.Text;

namespace VideoGaze.TestSupport;

/// <summary>
/// Writes small ONNX files for stand-ins: just enough of the protobuf wire format (field numbers of onnx.proto, IR 8, opset 17)
/// for float tensors (sizes below 0 are left open in the file) and nodes with integer-list, integer and float attributes.
/// </summary>
internal sealed class TinyOnnx(int elementType = TinyOnnx.Float32)
{
    /// <summary>ONNX element type of 32-bit floats.</summary>
    public const int Float32 = 1;

    /// <summary>ONNX element type of 16-bit floats.</summary>
    public const int Float16 = 10;

    private readonly List<byte[]> metadata = [];
    private readonly List<byte[]> nodes = [];
    private readonly List<byte[]> initializers = [];
    private readonly List<byte[]> inputs = [];
    private readonly List<byte[]> outputs = [];

    public TinyOnnx Input(string name, params int[] shape)
    {
        inputs.Add(ValueInfo(name, shape));
        return this;
    }

    public TinyOnnx Output(string name, params int[] shape)
    {
        outputs.Add(ValueInfo(name, shape));
        return this;
    }

    public TinyOnnx Metadata(string key, string value)
    {
        metadata.Add(new Message().Text(1, key).Text(2, value).ToArray());
        return this;
    }

    public TinyOnnx Weights(string name, float[] values, params int[] shape)
    {
        byte[] raw = new byte[values.Length * 4];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(raw.AsSpan(i * 4), values[i]);
        }

        var message = new Message();
        foreach (int side in shape)
        {
            message.Varint(1, side);
        }

        initializers.Add(message.Varint(2, 1).Text(8, name).Bytes(9, raw).ToArray());
        return this;
    }

    public TinyOnnx Node(string type, string[] from, string[] to, params (string Name, object Value)[] attributes)
    {
        var message = new Message();
        foreach (string name in from)
        {
            message.Text(1, name);
        }

        foreach (string name in to)
        {
            message.Text(2, name);
        }

        message.Text(3, to[0]).Text(4, type);
        foreach ((string name, object value) in attributes)
        {
            var attribute = new Message().Text(1, name);
            switch (value)
            {
                case int number:
                    attribute.Varint(3, number).Varint(20, 2);
                    break;
                case float number:
                    attribute.Float(2, number).Varint(20, 1);
                    break;
                case int[] numbers:
                    foreach (int number in numbers)
                    {
                        attribute.Varint(8, number);
                    }

                    attribute.Varint(20, 7);
                    break;
                default:
                    throw new ArgumentException($"No attribute of type {value.GetType()}.", nameof(attributes));
            }

            message.Bytes(5, attribute.ToArray());
        }

        nodes.Add(message.ToArray());
        return this;
    }

    public void Save(string path) => File.WriteAllBytes(path, ToBytes());

    public byte[] ToBytes()
    {
        var graph = new Message();
        foreach (byte[] node in nodes)
        {
            graph.Bytes(1, node);
        }

        graph.Text(2, "stand-in");
        foreach (byte[] weights in initializers)
        {
            graph.Bytes(5, weights);
        }

        foreach (byte[] input in inputs)
        {
            graph.Bytes(11, input);
        }

        foreach (byte[] output in outputs)
        {
            graph.Bytes(12, output);
        }

        byte[] opset = new Message().Varint(2, 17).ToArray();
        Message model = new Message().Varint(1, 8).Bytes(7, graph.ToArray()).Bytes(8, opset);
        foreach (byte[] entry in metadata)
        {
            model.Bytes(14, entry);
        }

        return model.ToArray();
    }

    private byte[] ValueInfo(string name, int[] shape)
    {
        var dimensions = new Message();
        foreach (int side in shape)
        {
            dimensions.Bytes(1, (side < 0 ? new Message().Text(2, "free") : new Message().Varint(1, side)).ToArray());
        }

        byte[] tensor = new Message().Varint(1, elementType).Bytes(2, dimensions.ToArray()).ToArray();
        return new Message().Text(1, name).Bytes(2, new Message().Bytes(1, tensor).ToArray()).ToArray();
    }

    /// <summary>A protobuf message: fields one after the other.</summary>
    private sealed class Message
    {
        private readonly List<byte> bytes = [];

        public Message Varint(int field, long value)
        {
            Raw(((ulong)field << 3) | 0);
            Raw((ulong)value);
            return this;
        }

        public Message Float(int field, float value)
        {
            Raw(((ulong)field << 3) | 5);
            Span<byte> four = stackalloc byte[4];
            BinaryPrimitives.WriteSingleLittleEndian(four, value);
            bytes.AddRange(four);
            return this;
        }

        public Message Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

        public Message Bytes(int field, byte[] value)
        {
            Raw(((ulong)field << 3) | 2);
            Raw((ulong)value.Length);
            bytes.AddRange(value);
            return this;
        }

        public byte[] ToArray() => [.. bytes];

        private void Raw(ulong value)
        {
            while (value >= 0x80)
            {
                bytes.Add((byte)(value | 0x80));
                value >>= 7;
            }

            bytes.Add((byte)value);
        }
    }
}
