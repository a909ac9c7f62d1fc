using System.Text.Json;

namespace VideoGaze.Stages.Report.Live;

/// <summary>A frame as the live page reads it: <c>[place, milliseconds, [track, ...], ...]</c>, whole numbers in the units of <see cref="Page.PagePerson"/>; null: not known.</summary>
internal static class LiveLine
{
    /// <summary>About a hundred bytes a face.</summary>
    /// <param name="record">The frame.</param>
    /// <param name="firstFrame">Number of the frame at place 0.</param>
    public static byte[] Of(FrameGazeRecord record, long firstFrame)
    {
        using var buffer = new MemoryStream(160);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(record.Frame - firstFrame);
            writer.WriteNumberValue((long)Math.Round(record.Time * 1000));
            foreach (FaceGazeRecord face in record.Faces)
            {
                writer.WriteStartArray();
                writer.WriteNumberValue(face.Track);
                Write(writer, face.Error, 100);
                writer.WriteNumberValue(face.Skipped is { } reason ? (int)reason + 1 : 0);
                Write(writer, face.Head?.Yaw, 10);
                Write(writer, face.Head?.Pitch, 10);
                Write(writer, face.Source);
                Write(writer, face.Output);
                if (face.Gate is { } done)
                {
                    writer.WriteNumberValue((int)done.State + 1);
                    Write(writer, done.Before, 100);
                }

                writer.WriteEndArray();
            }

            writer.WriteEndArray();
        }

        return buffer.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, EyesRecord? eyes)
    {
        Write(writer, eyes?.Yaw, 10);
        Write(writer, eyes?.Pitch, 10);
        Write(writer, eyes is { Openness.Length: > 0 } ? eyes.Openness.Average() : null, 100);
        Write(writer, eyes?.Confidence, 100);
    }

    private static void Write(Utf8JsonWriter writer, double? value, double scale)
    {
        if (value is { } some)
        {
            writer.WriteNumberValue((int)Math.Round(some * scale));
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
