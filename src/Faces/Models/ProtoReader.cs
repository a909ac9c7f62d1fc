using System.Text;

namespace VideoGaze.Faces.Models;

/// <summary>Reads the fields of a protocol-buffers message in order, without a code generator: all that is needed of ONNX files that ONNX Runtime does not tell.</summary>
internal ref struct ProtoReader(ReadOnlySpan<byte> message)
{
    private const int VarintType = 0, Fixed64Type = 1, LengthDelimitedType = 2, Fixed32Type = 5;
    private ReadOnlySpan<byte> rest = message;

    /// <summary>Number of the field just read.</summary>
    public int Field { get; private set; }

    /// <summary>Whether it is text, bytes, a message or packed numbers.</summary>
    public bool HasBytes { get; private set; }

    /// <summary>Its value where it is an integer.</summary>
    public long Integer { get; private set; }

    /// <summary>Its bytes where it has a length or is a number of fixed size.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>All its bytes, number and length included: what a copy of the message holds for it.</summary>
    public ReadOnlySpan<byte> Whole { get; private set; }

    /// <summary>Its bytes as text.</summary>
    public readonly string Text => Encoding.UTF8.GetString(Bytes);

    /// <summary>Reads the next field; false at the end.</summary>
    /// <exception cref="FormatException">The bytes are no message.</exception>
    public bool Next()
    {
        if (rest.IsEmpty)
        {
            return false;
        }

        ReadOnlySpan<byte> before = rest;
        ulong key = Varint();
        int type = (int)(key & 7);
        Field = (int)(key >> 3);
        HasBytes = type == LengthDelimitedType;
        Integer = 0;
        Bytes = default;
        switch (type)
        {
            case VarintType:
                Integer = (long)Varint();
                break;
            case Fixed64Type:
                Bytes = Take(sizeof(ulong));
                break;
            case LengthDelimitedType:
                Bytes = Take(Varint());
                break;
            case Fixed32Type:
                Bytes = Take(sizeof(uint));
                break;
            default:
                throw new FormatException($"Wire type {type} is unknown.");
        }

        Whole = before[..^rest.Length];
        return true;
    }

    /// <summary>The numbers of a repeated integer field just read, whether each has a field of its own or all are packed into one.</summary>
    public readonly void AddIntegers(ICollection<long> values)
    {
        if (!HasBytes)
        {
            values.Add(Integer);
            return;
        }

        var packed = new ProtoReader(Bytes);
        while (!packed.rest.IsEmpty)
        {
            values.Add((long)packed.Varint());
        }
    }

    private ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)rest.Length)
        {
            throw new FormatException("The message ends in the middle of a field.");
        }

        ReadOnlySpan<byte> taken = rest[..(int)count];
        rest = rest[(int)count..];
        return taken;
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte next = Take(1)[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new FormatException("An integer of more than 64 bits.");
    }
}
