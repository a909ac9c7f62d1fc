// Compares a face detector, or an identity network, with a second one. See docs/perception.md for what came out.
// usage: dotnet run -c Release --project benchmarks/FaceNetworks -- detector CANDIDATE.onnx[@SIZE[@SCORE]] TEACHER.onnx EVERY [--draw DIR] CLIP...
//        dotnet run -c Release --project benchmarks/FaceNetworks -- identity CANDIDATE.onnx REFEREE.onnx DETECTOR.onnx EVERY CLIP|FOLDER-OF-PHOTOS...
using OpenCvSharp;
using VideoGaze.Benchmarks.FaceNetworks;

Cv2.SetNumThreads(1);
switch (args)
{
    case ["detector", var candidate, var teacher, var every, "--draw", var folder, .. var clips]:
        await DetectorTable.WriteAsync(candidate, teacher, int.Parse(every, System.Globalization.CultureInfo.InvariantCulture), clips, folder).ConfigureAwait(false);
        break;
    case ["detector", var candidate, var teacher, var every, .. var clips]:
        await DetectorTable.WriteAsync(candidate, teacher, int.Parse(every, System.Globalization.CultureInfo.InvariantCulture), clips, null).ConfigureAwait(false);
        break;
    case ["identity", var candidate, var referee, var detector, var every, .. var sources]:
        await IdentityTable.WriteAsync(candidate, referee, detector, int.Parse(every, System.Globalization.CultureInfo.InvariantCulture), sources).ConfigureAwait(false);
        break;
    default:
        Console.Error.WriteLine("say detector or identity; the first lines of Program.cs tell what follows.");
        return 2;
}

return 0;
