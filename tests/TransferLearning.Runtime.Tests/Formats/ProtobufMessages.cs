using Google.Protobuf;
using TransferLearning.Runtime.Formats.Wire;

namespace TransferLearning.Runtime.Tests.Formats;

/// <summary>Passes messages between the library and Google.Protobuf, as bytes.</summary>
internal static class ProtobufMessages
{
    /// <summary>What the library wrote, as Google.Protobuf reads it.</summary>
    public static T ReadByGoogle<T>(this WireWriter written)
        where T : IMessage<T>, new() => new MessageParser<T>(() => new T()).ParseFrom(written.ToBytes());

    /// <summary>What Google.Protobuf writes, as the library reads it.</summary>
    public static T ReadAs<T>(this IMessage message)
        where T : WireMessage, new()
    {
        var read = new T();
        read.Merge(message.ToByteArray());
        return read;
    }

    public static byte[] ToBytes(this WireWriter written)
    {
        using var stream = new MemoryStream();
        written.WriteTo(stream);
        return stream.ToArray();
    }
}
