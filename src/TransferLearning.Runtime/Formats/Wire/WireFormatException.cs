namespace TransferLearning.Runtime.Formats.Wire;

/// <summary>Bytes are no message of Protocol Buffers. The readers of files say what the file is, and that it is damaged.</summary>
internal sealed class WireFormatException(string message) : Exception(message);
