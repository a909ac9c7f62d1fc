using System.Globalization;
using System.Text;
using System.Text.Json;
using Parquet;
using VideoGaze.Stages.Features;
using VideoGaze.TestSupport;

namespace VideoGaze.Stages.Tests.Features;

public sealed class FeatureTableTests
{
    private const double Rate = 30;
    private const int Length = 64;

    [Fact]
    public void Names_are_unique_and_plain()
    {
        string[] names = [.. FeatureTable.Keys.Select(key => key.Name), .. FeatureColumns.All.Select(column => column.Name)];
        Assert.Equal(names.Length, names.Distinct().Count());
        Assert.All(names, name => Assert.Matches("^[a-z][a-z0-9_]*$", name));
    }

    [Fact]
    public void Planted_movements_come_out_as_they_were_put_in()
    {
        // Four degrees to and fro every 16 frames, both eyes alike, two blinks of four frames; lids of both eyes move against each other.
        FeatureWindow window = Window(i => Moment(i, signals =>
        {
            float yaw = i / 16 % 2 == 0 ? -4 : 4;
            Set(signals, EyeSignal.GazeYaw, yaw);
            Set(signals, EyeSignal.GazePitch, 1);
            Set(signals, EyeSignal.LeftYaw, yaw - 2);
            Set(signals, EyeSignal.RightYaw, yaw + 2);
            Set(signals, EyeSignal.LeftOpenness, 0.3f + (0.02f * MathF.Sin(i)));
            Set(signals, EyeSignal.RightOpenness, 0.3f - (0.02f * MathF.Sin(i)));
        }, blink: i is (>= 5 and < 9) or (>= 40 and < 44)));

        Assert.Equal(2, Value("blinks"));
        Assert.Equal(8.0 / Length, Value("shut_share"));
        Assert.Equal(4, Value("gaze_dispersion"), 0.2);
        Assert.Equal(4, Value("gaze_yaw_std"), 0.2);
        Assert.Equal(0, Value("gaze_speed_median"), 1e-3);
        Assert.Equal(3 / (56 / Rate), Value("saccades_per_second"), 0.01);
        Assert.Equal(8, Value("saccade_amplitude"), 0.1);
        Assert.Equal(1, Value("yaw_left_right_correlation"), 1e-3);
        Assert.Equal(-1, Value("openness_left_right_correlation"), 1e-3);
        Assert.Equal(0.3, Value("left_openness_mean"), 0.01);
        Assert.InRange(Value("gaze_resultant"), 0.99, 0.9999);
        Assert.True(Value("gaze_yaw_power_0p25_1hz") > 5 * Value("gaze_yaw_power_4_8hz"));
        Assert.Null(FeatureColumns.All.Single(column => column.Name == "vergence_mean").Value(window));

        double Value(string name) => FeatureColumns.All.Single(column => column.Name == name).Value(window)!.Value;
    }

    [Fact]
    public void Windows_overlap_by_the_step_and_bridge_short_absences()
    {
        var track = new TrackMoments();
        for (int i = 10; i < 200; i++)
        {
            if (i is < 100 or > 170)
            {
                track.Add(Moment(i, _ => { }));
            }
        }

        FeatureWindow[] windows = [.. track.Windows(3, Length, 32)];
        Assert.Equal([(0, 10L), (1, 42L)], windows.Select(window => (window.Index, window.FirstFrame)));
        Assert.Equal(1 / Rate, windows[0].FrameSeconds, 1e-6);
        Assert.Equal(6, windows[1].Moments.Count(moment => moment is null));
        Assert.Empty(track.Windows(3, 512, 256));
    }

    [Fact]
    public async Task The_three_forms_hold_the_same()
    {
        var table = new FeatureTable("a,b.mp4", FeatureLabel.Swapped, Length, 32, "stand-in", [new("gaze", "g.onnx", new string('a', 64))])
        {
            Rows = [Window(i => Moment(i, signals => Set(signals, EyeSignal.GazeYaw, i))), Window(i => i % 3 == 0 ? null : Moment(i, signals => Set(signals, EyeSignal.GazePitch, 1 / 3f)))],
        };
        using var csv = new StringWriter();
        FeatureFiles.WriteCsv(table, csv);
        using var ndjson = new StringWriter();
        FeatureFiles.WriteNdjson(table, ndjson);
        using var stream = new MemoryStream();
        CancellationToken cancel = TestContext.Current.CancellationToken;
        await FeatureFiles.WriteParquetAsync(table, stream, cancel);

        string[] lines = csv.ToString().Split("\r\n");
        string[] names = lines[0].Split(',');
        Assert.Equal(4, lines.Length);
        Assert.StartsWith("\"a,b.mp4\",swapped,1,", lines[1], StringComparison.Ordinal);
        string[] json = ndjson.ToString().Split('\n');
        Assert.Equal(4, json.Length);
        Assert.Contains("\"schema\":\"videogaze.gaze-features\",\"version\":1", json[0], StringComparison.Ordinal);
        stream.Position = 0;
        await using ParquetReader reader = await ParquetReader.CreateAsync(stream, cancellationToken: cancel);
        using ParquetRowGroupReader group = reader.OpenRowGroupReader(0);
        Assert.Equal(names, reader.Schema.GetDataFields().Select(field => field.Name));
        double?[] means = new double?[2];
        await group.ReadAsync<double>(reader.Schema.GetDataFields().Single(field => field.Name == "gaze_yaw_mean"), means.AsMemory(), cancellationToken: cancel);
        for (int row = 0; row < 2; row++)
        {
            string[] cells = lines[row + 1].Replace("\"a,b.mp4\"", "a.mp4", StringComparison.Ordinal).Split(',');
            Assert.Equal(names.Length, cells.Length);
            using JsonDocument document = JsonDocument.Parse(json[row + 1]);
            for (int i = 1; i < names.Length; i++)
            {
                JsonElement value = document.RootElement.GetProperty(names[i]);
                Assert.Equal(cells[i], value.ValueKind switch { JsonValueKind.Null => string.Empty, JsonValueKind.String => value.GetString(), _ => value.GetDouble().ToString(CultureInfo.InvariantCulture) });
            }

            string mean = cells[Array.IndexOf(names, "gaze_yaw_mean")];
            Assert.Equal(mean.Length == 0 ? null : double.Parse(mean, CultureInfo.InvariantCulture), means[row]);
        }
    }

    [Fact]
    public void The_page_lists_the_columns()
    {
        const string Start = "<!-- columns -->\n";
        string path = Path.Combine(SharedAssets.RepositoryRoot, "docs", "features.md");
        string page = File.ReadAllText(path);
        int from = page.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        Assert.True(from >= Start.Length, "docs/features.md lacks the mark of its table");
        string table = Table();
        if (Environment.GetEnvironmentVariable("VIDEOGAZE_WRITE_DOCS") == "1")
        {
            File.WriteAllText(path, page[..from] + table);
            return;
        }

        Assert.Equal(table, page[from..]);
    }

    private static string Table()
    {
        var text = new StringBuilder("| column | family | unit | what it is |\n|---|---|---|---|\n");
        foreach ((string name, _, string means, _) in FeatureTable.Keys)
        {
            text.Append(CultureInfo.InvariantCulture, $"| `{name}` | | | {means} |\n");
        }

        foreach (FeatureColumn column in FeatureColumns.All)
        {
            text.Append(CultureInfo.InvariantCulture, $"| `{column.Name}` | {column.Family} | {column.Unit} | {column.Means} |\n");
        }

        return text.ToString();
    }

    private static FeatureWindow Window(Func<int, EyeMoment?> moment) => new(1, 0, 0, [.. Enumerable.Range(0, Length).Select(moment)], 1 / Rate);

    private static EyeMoment Moment(int frame, Action<float[]> set, bool blink = false)
    {
        float[] signals = new float[Enum.GetValues<EyeSignal>().Length];
        Array.Fill(signals, float.NaN);
        set(signals);
        float yaw = signals[(int)EyeSignal.GazeYaw], pitch = signals[(int)EyeSignal.GazePitch];
        if (blink)
        {
            signals[(int)EyeSignal.GazeYaw] = float.NaN;
            signals[(int)EyeSignal.GazePitch] = float.NaN;
        }

        bool known = !blink && float.IsFinite(yaw) && float.IsFinite(pitch);
        return new(frame, frame / Rate, signals, new(known ? yaw : null, known ? pitch : null, [0.3, 0.3], blink, [0, 0], 0.8));
    }

    private static void Set(float[] signals, EyeSignal signal, float value) => signals[(int)signal] = value;
}
