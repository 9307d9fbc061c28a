using System.Runtime.InteropServices;

namespace TransferLearning.Runtime.Tensors;

/// <summary>
/// Owns a block of float32 memory outside the managed heap, aligned to 64 bytes and zeroed at first. The only owner of unmanaged memory
/// in the runtime: kernels borrow its pointer while the owner is reachable from the running <see cref="Execution.CompiledNetwork"/>.
/// </summary>
internal sealed unsafe class AlignedMemory : IDisposable
{
    private const nuint Alignment = 64;
    private float* _pointer;

    public AlignedMemory(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        nuint bytes = checked((nuint)Math.Max(length, 1) * sizeof(float));
        _pointer = (float*)NativeMemory.AlignedAlloc(bytes, Alignment);
        NativeMemory.Clear(_pointer, bytes);
        Length = length;
        GC.AddMemoryPressure((long)bytes);
    }

    ~AlignedMemory() => Free();

    public long Length { get; }

    public float* Pointer => _pointer != null ? _pointer : throw new ObjectDisposedException(nameof(AlignedMemory));

    public Span<float> Span => new(Pointer, checked((int)Length));

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (_pointer != null)
        {
            NativeMemory.AlignedFree(_pointer);
            GC.RemoveMemoryPressure(Math.Max(Length, 1) * sizeof(float));
            _pointer = null;
        }
    }
}
