namespace VideoGaze.Faces.Models.Pulling;

/// <summary>A transfer ended before its end: worth another attempt from where it broke off.</summary>
internal sealed class TransferCutException(string message, Exception? innerException = null) : Exception(message, innerException);
