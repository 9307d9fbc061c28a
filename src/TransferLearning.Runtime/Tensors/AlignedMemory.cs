using System.Runtime.InteropServices;

namespace TransferLearning.Runtime.Tensors;

/// <summary>
/// Owns a block of float32 memory outside the managed heap, aligned to 64 bytes and zeroed at first. The only owner of unmanaged memory
/// in the runtime: kernels use its pointer only while the owner is reachable from the running network.
/// </summary>
internal sealed unsafe class AlignedMemory : IDisposable
{
    private const nuint Alignment = 64;
    private readonly void* _block;
    private float* _pointer;

    public AlignedMemory(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        nuint bytes = checked((nuint)Math.Max(length, 1) * sizeof(float));

        // The system zeroes the pages of large blocks at their first use: pages that are never used cost neither memory nor time. The block
        // has room for the alignment, by which the pointer may be behind the block's start.
        _block = NativeMemory.AllocZeroed(checked(bytes + Alignment));
        _pointer = (float*)(((nuint)_block + Alignment - 1) & ~(Alignment - 1));
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
            NativeMemory.Free(_block);
            GC.RemoveMemoryPressure(Math.Max(Length, 1) * sizeof(float));
            _pointer = null;
        }
    }
}
