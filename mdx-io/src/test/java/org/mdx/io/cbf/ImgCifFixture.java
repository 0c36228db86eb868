package org.mdx.io.cbf;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.mdx.io.internal.codec.ByteOffset;

/** A full CBF with a kappa goniometer and a detector on a 2θ arm. */
public final class ImgCifFixture {
  private static final String HEADER =
      """
      ###CBF: VERSION 1.5
      data_image_1
      _diffrn.id DS1
      _diffrn.crystal_id 'a crystal''s'
      loop_
      _diffrn_source.diffrn_id
      _diffrn_source.source
      _diffrn_source.type
       DS1 synchrotron 'beam line 1'
      loop_
      _diffrn_radiation.diffrn_id
      _diffrn_radiation.wavelength_id
      _diffrn_radiation.probe
      _diffrn_radiation.polarizn_source_ratio
      _diffrn_radiation.polarizn_source_norm
       DS1 WAVELENGTH1 x-ray 0.98 0.0
      loop_
      _diffrn_radiation_wavelength.id
      _diffrn_radiation_wavelength.wavelength
      _diffrn_radiation_wavelength.wt
       WAVELENGTH1 1.0332 1.0
      loop_
      _diffrn_detector.diffrn_id
      _diffrn_detector.id
      _diffrn_detector.type
      _diffrn_detector.number_of_axes
       DS1 DET 'TEST DETECTOR' 2
      loop_
      _diffrn_detector_axis.detector_id
      _diffrn_detector_axis.axis_id
       DET DETECTOR_Z
       DET DETECTOR_2THETA
      loop_
      _diffrn_detector_element.id
      _diffrn_detector_element.detector_id
       ELEMENT1 DET
      loop_
      _diffrn_data_frame.id
      _diffrn_data_frame.detector_element_id
      _diffrn_data_frame.array_id
      _diffrn_data_frame.binary_id
       FRAME1 ELEMENT1 ARRAY1 1
      loop_
      _diffrn_measurement.diffrn_id
      _diffrn_measurement.id
      _diffrn_measurement.number_of_axes
      _diffrn_measurement.method
       DS1 GONIOMETER 3 rotation
      loop_
      _diffrn_measurement_axis.measurement_id
      _diffrn_measurement_axis.axis_id
       GONIOMETER GON_OMEGA
       GONIOMETER GON_KAPPA
       GONIOMETER GON_PHI
      loop_
      _diffrn_scan.id
      _diffrn_scan.frame_id_start
      _diffrn_scan.frame_id_end
      _diffrn_scan.frames
       SCAN1 FRAME1 FRAME1 1
      loop_
      _diffrn_scan_axis.scan_id
      _diffrn_scan_axis.axis_id
      _diffrn_scan_axis.angle_start
      _diffrn_scan_axis.angle_range
      _diffrn_scan_axis.angle_increment
      _diffrn_scan_axis.displacement_start
      _diffrn_scan_axis.displacement_range
      _diffrn_scan_axis.displacement_increment
       SCAN1 GON_OMEGA 17.0 0.0 0.0 0.0 0.0 0.0
       SCAN1 GON_KAPPA 30.0 0.0 0.0 0.0 0.0 0.0
       SCAN1 GON_PHI 12.5 0.25 0.25 0.0 0.0 0.0
       SCAN1 DETECTOR_Z 0.0 0.0 0.0 -212.5 0.0 0.0
       SCAN1 DETECTOR_2THETA -11.0 0.0 0.0 0.0 0.0 0.0
      loop_
      _diffrn_scan_frame.frame_id
      _diffrn_scan_frame.frame_number
      _diffrn_scan_frame.integration_time
      _diffrn_scan_frame.scan_id
      _diffrn_scan_frame.date
       FRAME1 1 0.2 SCAN1 2020-01-02T03:04:05
      loop_
      _diffrn_scan_frame_axis.frame_id
      _diffrn_scan_frame_axis.axis_id
      _diffrn_scan_frame_axis.angle
      _diffrn_scan_frame_axis.displacement
       FRAME1 GON_OMEGA 17.0 0.0
       FRAME1 GON_KAPPA 30.0 0.0
       FRAME1 GON_PHI 12.5 0.0
       FRAME1 DETECTOR_Z 0.0 -212.5
       FRAME1 DETECTOR_2THETA -11.0 0.0
      loop_
      _axis.id
      _axis.type
      _axis.equipment
      _axis.depends_on
      _axis.vector[1] _axis.vector[2] _axis.vector[3]
      _axis.offset[1] _axis.offset[2] _axis.offset[3]
       GON_OMEGA rotation goniometer . 1 0 0 . . .
       GON_KAPPA rotation goniometer GON_OMEGA 0.64279 0 0.76604 . . .
       GON_PHI rotation goniometer GON_KAPPA 1 0 0 . . .
       SOURCE general source . 0 0 1 . . .
       GRAVITY general gravity . 0 -1 0 . . .
       DETECTOR_2THETA rotation detector . 0 1 0 0 0 0
       DETECTOR_Z translation detector DETECTOR_2THETA 0 0 1 0 0 0
       ELEMENT_X translation detector DETECTOR_Z 1 0 0 -41.5 52.25 0.0
       ELEMENT_Y translation detector ELEMENT_X 0 -1 0 0 0 0
      loop_
      _array_structure_list.array_id
      _array_structure_list.index
      _array_structure_list.dimension
      _array_structure_list.precedence
      _array_structure_list.direction
      _array_structure_list.axis_set_id
       ARRAY1 1 %1$d 1 increasing ELEMENT_X
       ARRAY1 2 %2$d 2 increasing ELEMENT_Y
      loop_
      _array_structure_list_axis.axis_set_id
      _array_structure_list_axis.axis_id
      _array_structure_list_axis.displacement
      _array_structure_list_axis.displacement_increment
       ELEMENT_X ELEMENT_X 0.086 0.172
       ELEMENT_Y ELEMENT_Y 0.086 0.172
      loop_
      _array_intensities.array_id
      _array_intensities.binary_id
      _array_intensities.linearity
      _array_intensities.gain
      _array_intensities.gain_esd
      _array_intensities.overload
      _array_intensities.undefined_value
       ARRAY1 1 linear 1.5 . 65000 -1
      loop_
      _array_structure.id
      _array_structure.encoding_type
      _array_structure.compression_type
      _array_structure.byte_order
       ARRAY1 "signed 32-bit integer" byte_offset little_endian
      loop_
      _array_data.array_id
      _array_data.binary_id
      _array_data.data
       ARRAY1 1
      ;
      --CIF-BINARY-FORMAT-SECTION--
      Content-Type: application/octet-stream;
           conversions="x-CBF_BYTE_OFFSET"
      Content-Transfer-Encoding: BINARY
      X-Binary-Size: %3$d
      X-Binary-ID: 1
      X-Binary-Element-Type: "signed 32-bit integer"
      X-Binary-Element-Byte-Order: LITTLE_ENDIAN
      X-Binary-Number-of-Elements: %4$d
      X-Binary-Size-Fastest-Dimension: %1$d
      X-Binary-Size-Second-Dimension: %2$d

      """;

  private ImgCifFixture() {}

  /** The file with these pixels. */
  public static byte[] image(int width, int height, int[] pixels) {
    byte[] data = new byte[(int) ByteOffset.encodedLength(pixels, pixels.length)];
    ByteOffset.encode(pixels, pixels.length, data, 0);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String header = String.format(HEADER, width, height, data.length, width * height);
    out.writeBytes(header.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(new byte[] {0x0c, 0x1a, 0x04, (byte) 0xd5});
    out.writeBytes(data);
    out.writeBytes(
        "\r\n--CIF-BINARY-FORMAT-SECTION----\r\n;\r\n".getBytes(StandardCharsets.US_ASCII));
    return out.toByteArray();
  }
}
