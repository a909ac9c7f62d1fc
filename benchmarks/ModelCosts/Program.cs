// Times one call of each network alone, one thread, with its buffers bound once as in a run, on noise: zeros hide what depends on the data. See benchmarks/README.md.
// usage: dotnet run -c Release --project benchmarks/ModelCosts -- MODEL.onnx[@SIDExSIDE]...
using System.Diagnostics;
using System.Globalization;
using VideoGaze.Faces.Models;

const int WarmUps = 5, Runs = 40;
Console.WriteLine("model | input | median ms | least ms");
Console.WriteLine("---|---|---|---");
foreach (string argument in args)
{
    string[] parts = argument.Split('@');
    using OnnxSession session = OnnxSession.Load(parts[0], new OnnxSessionOptions(InferenceDevice.Cpu, Threads: 1));
    (string, long[])[] shapes = [.. session.Inputs.Where(input => !input.IsFixed).Select(input => (input.Name, Fill(input.Shape, parts)))];
    using OnnxBinding binding = session.Bind(shapes);
    var random = new Random(1);
    foreach (TensorSpec input in session.Inputs.Where(input => input.Kind is TensorKind.Float32 or TensorKind.Float16))
    {
        OnnxTensor tensor = binding.Input(input.Name);
        float[] noise = new float[tensor.Length];
        for (int i = 0; i < noise.Length; i++)
        {
            noise[i] = random.NextSingle();
        }

        tensor.Write(noise);
    }

    double[] times = new double[Runs];
    for (int run = -WarmUps; run < Runs; run++)
    {
        long start = Stopwatch.GetTimestamp();
        binding.Run();
        if (run >= 0)
        {
            times[run] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
    }

    Array.Sort(times);
    string inputs = string.Join(", ", session.Inputs.Select(input => string.Join('x', input.IsFixed ? input.Shape : Fill(input.Shape, parts))));
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{session.FileName} | {inputs} | {times[Runs / 2]:0.00} | {times[0]:0.00}"));
}

// Free sizes: the batch is 1, height and width are what the argument says after '@' (heightxwidth).
static long[] Fill(long[] shape, string[] parts)
{
    long[] size = parts.Length > 1 ? [.. parts[1].Split('x').Select(side => long.Parse(side, CultureInfo.InvariantCulture))] : [1, 1];
    long[] filled = [.. shape];
    int free = 0;
    for (int i = 0; i < filled.Length; i++)
    {
        if (filled[i] < 0)
        {
            filled[i] = i == 0 ? 1 : size[free++ % size.Length];
        }
    }

    return filled;
}
